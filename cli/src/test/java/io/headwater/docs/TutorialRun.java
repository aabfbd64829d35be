package io.headwater.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.Profile;
import io.headwater.tck.Status;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.junit.EventStoreTck;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the project of the tutorial as it is at a place of the page, and runs its test. */
final class TutorialRun {
    private TutorialRun() {}

    /** What Maven prints of the test of this step. */
    static String tests(String step, Path folder) {
        try {
            Path project = Files.createTempDirectory(folder, "step" + step);
            Tutorial.follow("<!-- generated:tests " + step + " -->", project);
            return line(run(project));
        } catch (IOException | ReflectiveOperationException e) {
            throw new AssertionError("step " + step, e);
        }
    }

    /** A test for each rule, and the summary. What was not run for no reason fails. */
    private static String line(TckReport report) {
        int rules = Stream.of(Status.values())
                .mapToInt(status -> report.with(status).size())
                .sum();
        int failures =
                report.with(Status.FAIL).size() + report.with(Status.NOT_RUN).size();
        return "Tests run: %d, Failures: %d, Errors: 0, Skipped: 0".formatted(rules + 1, failures);
    }

    private static TckReport run(Path project) throws IOException, ReflectiveOperationException {
        Path classes = project.resolve("target/classes");
        compile(project.resolve("src"), classes);
        URL[] path = {
            classes.toUri().toURL(),
            project.resolve("src/main/resources").toUri().toURL()
        };
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(path, before)) {
            thread.setContextClassLoader(loader);
            return tck(loader, project).profile(Profile.QUICK).run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of(
                "-proc:none", "-Xlint:all", "-Werror", "--release", "17", "-cp", classPath, "-d", classes.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    /** As JUnit makes the test, and asks it what to check. */
    private static Tck tck(ClassLoader loader, Path project) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass("com.example.filestore.FileStoreTckTest");
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        EventStoreTck test = (EventStoreTck) constructor.newInstance();
        Field directory = type.getDeclaredField("directory");
        directory.setAccessible(true);
        directory.set(test, project);
        Method tck = type.getDeclaredMethod("tck");
        tck.setAccessible(true);
        return (Tck) tck.invoke(test);
    }
}
