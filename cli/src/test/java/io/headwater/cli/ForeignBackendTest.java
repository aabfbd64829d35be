package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.spi.BackendProvider;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend in a jar that is not part of the command, and the command's report on a false declaration. */
class ForeignBackendTest {
    private static final List<String> FACETS = List.of(
            "STREAM_ADMIN", "SCAVENGE", "SNAPSHOTS", "STREAM_CATALOG", "BULK_IMPORT", "DIAGNOSTICS", "REPLICATION");

    @TempDir
    Path folder;

    private Path jar;

    @BeforeEach
    void name_the_provider_in_a_jar() throws IOException {
        jar = jar(
                "boaster.jar", "META-INF/services/" + BackendProvider.class.getName(), BoasterProvider.class.getName());
    }

    private Path jar(String name, String entry, String content) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** As the launcher starts it. */
    private Child command(String... args) throws IOException {
        String classPath = System.getProperty("java.class.path") + File.pathSeparator + jar;
        return Child.start(classPath, folder.resolve("messages"), args);
    }

    private static CommandRun checked(Object classPath) {
        return CommandRun.in(
                Map.of(BackendClassPath.VARIABLE, classPath.toString()), Terminals.NONE, new byte[0], "backends");
    }

    @Test
    void it_is_listed_with_the_others() throws IOException {
        try (Child child = command("backends", "--json")) {
            assertThat(child.lines(10))
                    .as(child.said())
                    .anyMatch(line -> line.contains("\"name\":\"boaster\""))
                    .anyMatch(line -> line.contains("\"name\":\"sqlite\""));
        }
    }

    @Test
    void what_it_declares_and_has_not_is_told_on_the_console_and_first_in_every_report() throws Exception {
        Path reports = folder.resolve("reports");
        try (Child child = command(
                "tck",
                "run",
                "--url",
                "boaster:tck",
                "--only",
                "capabilities",
                "--report-dir",
                reports.toString(),
                "--without",
                "restart=in memory",
                "--without",
                "second-process=in memory")) {
            List<String> lines = child.lines(1000);
            assertThat(child.process().waitFor()).as(child.said()).isEqualTo(ExitCode.REFUSED.number());
            assertThat(lines).contains("not as declared: SNAPSHOTS (E2.4)", "not as declared: DIAGNOSTICS (E2.8)");
            assertThat(lines.stream().filter(line -> line.startsWith("not as declared: ")))
                    .hasSameSizeAs(FACETS);
        }
        String page = Files.readString(reports.resolve("tck-report.html"));
        String markdown = Files.readString(reports.resolve("tck-report.md"));
        String json = Files.readString(reports.resolve("tck-report.json"));
        for (String facet : FACETS) {
            String problem = facet + " is declared, and facet(";
            assertThat(page.indexOf(problem)).as(facet).isBetween(1, page.indexOf("<main>"));
            assertThat(markdown.indexOf("| " + facet + " | E2.")).as(facet).isBetween(1, markdown.indexOf("## Groups"));
            assertThat(json.indexOf(problem)).as(facet).isBetween(1, json.indexOf("\"rules\":["));
        }
    }

    @Test
    void a_class_path_is_a_jar_a_folder_of_jars_or_a_folder_of_classes() throws IOException {
        Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.createFile(folder.resolve("classes/META-INF/services/" + BackendProvider.class.getName()));
        Path driver = jar("driver.jar", "Driver.class", "");
        assertThat(checked(jar).error()).isEmpty();
        assertThat(checked(driver + File.pathSeparator + jar).error()).isEmpty();
        assertThat(checked(folder + File.separator + "*").error()).isEmpty();
        assertThat(checked(folder.resolve("classes")).error()).isEmpty();
        assertThat(checked("").error()).isEmpty();
    }

    @Test
    void a_class_path_without_a_backend_is_refused() throws IOException {
        assertRefused(
                folder.resolve("nowhere.jar"), "there is no file or folder '" + folder.resolve("nowhere.jar") + "'");
        assertRefused(jar("driver.jar", "Driver.class", ""), "holds no backend: one of its jars and folders must have");
        assertRefused(folder, "holds no backend");
        assertRefused(Files.writeString(folder.resolve("text.jar"), "no jar"), "is not a readable jar");
    }

    private static void assertRefused(Path classPath, String expected) {
        CommandRun run = checked(classPath);
        assertThat(run.error())
                .startsWith("headwater: BACKEND_CLASSPATH: ")
                .contains(expected)
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.out()).isEmpty();
    }
}
