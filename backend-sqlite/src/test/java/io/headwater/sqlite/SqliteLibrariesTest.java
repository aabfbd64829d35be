package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite's library itself: loaded twice in one process, as by two web applications, or not at all. */
class SqliteLibrariesTest {
    private static final StreamId ORDER = StreamId.of("order", "1");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("events.db");
    }

    private String url() {
        return "sqlite:" + file();
    }

    /** Loads everything again that the tests have on their class path, SQLite's library included. */
    private static URLClassLoader application() throws Exception {
        String[] path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = new URL[path.length];
        for (int i = 0; i < path.length; i++) {
            urls[i] = Path.of(path[i]).toUri().toURL();
        }
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    /** Opens the store as an application of this class loader. */
    private AutoCloseable open(ClassLoader application) throws Throwable {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application);
        try {
            Class<?> stores = application.loadClass(EventStores.class.getName());
            return (AutoCloseable) stores.getMethod("open", String.class).invoke(null, url());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void a_second_library_is_refused_while_the_first_has_the_file_open() throws Throwable {
        try (URLClassLoader one = application();
                URLClassLoader two = application()) {
            try (AutoCloseable first = open(one);
                    AutoCloseable again = open(one)) {
                assertThat(first).isNotSameAs(again);
                assertThatThrownBy(() -> open(two))
                        .hasToString(
                                "io.headwater.ConfigurationException: '" + file()
                                        + "' is open in this process with another SQLite library, that of " + one
                                        + ", and two would lose each other's events; load sqlite-jdbc in one class loader that all"
                                        + " users of the file share, or use a process for each (backend=sqlite, operation=open)");
            }
            open(two).close();
        }
        assertThat(System.getProperties().stringPropertyNames())
                .noneMatch(name -> name.startsWith("io.headwater.sqlite.open."));
    }

    @Test
    void a_second_library_that_knows_nothing_of_headwater_is_noticed() throws Exception {
        try (EventStore store = EventStores.open(url());
                URLClassLoader other = application()) {
            store.append(ORDER, ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
            lookInto(other);
            assertThatThrownBy(() -> store.append(ORDER, ExpectedVersion.exactly(1), EventData.json("Paid", "{}")))
                    .isInstanceOf(BackendFailure.class)
                    .hasMessageContaining("lost its locks");
        }
    }

    private void lookInto(ClassLoader application) throws Exception {
        Class<?> driver = application.loadClass("org.sqlite.JDBC");
        Object connection = driver.getMethod("createConnection", String.class, Properties.class)
                .invoke(null, "jdbc:sqlite:" + file(), new Properties());
        try (AutoCloseable closed = (AutoCloseable) connection) {
            Object statement = closed.getClass().getMethod("createStatement").invoke(closed);
            statement.getClass().getMethod("executeQuery", String.class).invoke(statement, "SELECT * FROM store");
        }
    }

    @Test
    void a_folder_in_which_the_library_cannot_be_unpacked_is_named() throws Exception {
        Path noFolder = Files.createFile(folder.resolve("file"));
        Path messages = folder.resolve("messages");
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.sqlite.tmpdir=" + noFolder,
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                url(),
                "other",
                "1",
                "1");
        assertThat(process.redirectError(messages.toFile()).start().waitFor()).isNotZero();
        assertThat(Arrays.asList(
                        Files.readString(messages, StandardCharsets.UTF_8).split("\n", -1)))
                .anyMatch(
                        line -> line.contains("ConfigurationException: SQLite's native library was not loaded: folder '"
                                        + noFolder + "'")
                                && line.contains("org.sqlite.tmpdir=FOLDER"));
    }
}
