package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.conformance.Matrix;
import io.headwater.cli.conformance.ReportReader;
import io.headwater.cli.conformance.StoredReport;
import io.headwater.project.Project;
import io.headwater.spi.BackendProvider;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The reports of the TCK that the tests of the backends wrote, each in its module. A report that is older than the code that it is
 * about is refused.
 */
final class BackendReports {

    /** The module of a backend, and the test that runs the TCK on it. */
    private record Tested(String module, String test) {
        static Tested of(String backend) {
            return switch (backend) {
                case "dynamodb" -> new Tested("backend-dynamodb", "io.headwater.dynamodb.DynamoTckTest");
                case "esdb" -> new Tested("backend-esdb", "io.headwater.esdb.EsdbTckTest");
                case "memory" -> new Tested("backend-memory", "io.headwater.memory.MemoryTckTest");
                case "postgres" -> new Tested("backend-postgres", "io.headwater.postgres.PostgresTckTest");
                case "sqlite" -> new Tested("backend-sqlite", "io.headwater.sqlite.SqliteTckTest");
                default ->
                    throw new AssertionError("say here which test runs the TCK on the backend '" + backend + "'");
            };
        }

        Path target() {
            return Project.ROOT.resolve(module).resolve("target");
        }

        Path report() {
            return target().resolve("tck-reports").resolve(test + ".json");
        }
    }

    private BackendReports() {}

    static Matrix matrix() {
        return new Matrix(InstalledBackends.providers().stream()
                .map(BackendProvider::name)
                .map(Tested::of)
                .map(BackendReports::report)
                .toList());
    }

    private static StoredReport report(Tested tested) {
        try {
            assertThat(tested.report())
                    .as("report of %s, run with: %s", tested.test(), DocumentationIsCurrentTest.UPDATE)
                    .exists();
            assertThat(Files.getLastModifiedTime(tested.report()))
                    .as("time of the report of %s, run with: %s", tested.test(), DocumentationIsCurrentTest.UPDATE)
                    .isGreaterThan(compiled(tested));
            StoredReport report = ReportReader.read(tested.report());
            assertThat(report.rules().keySet())
                    .containsExactlyElementsOf(
                            Catalogue.rules().stream().map(Rule::id).toList());
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the classes of the backend, or of what it is built on, were compiled last. */
    private static FileTime compiled(Tested tested) {
        Path root = Project.ROOT;
        return Stream.of(
                        root.resolve("api/target"),
                        root.resolve("backend-jdbc/target"),
                        root.resolve("tck/target"),
                        tested.target())
                .map(BackendReports::lastCompiled)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static FileTime lastCompiled(Path target) {
        try (Stream<Path> files = Files.walk(target.resolve("classes"))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(BackendReports::lastModified)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
