package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.cli.conformance.Matrix;
import io.headwater.project.Project;
import io.headwater.project.documentation.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The generated regions of the Markdown files hold what the code says now. With {@code -Dheadwater.docs=update} they
 * are rewritten instead.
 */
class DocumentationIsCurrentTest {
    static final String UPDATE = "./mvnw -pl project-tests -am test -Dheadwater.docs=update"
            + " -Dtest=DocumentationIsCurrentTest,DynamoTckTest,MemoryTckTest,PostgresTckTest,SqliteTckTest";

    /** Kinds of regions that come of running programs or the TCK. */
    private static final Set<String> RUN = Set.of("comparison", "conformance", "output", "tests");

    @TempDir
    private Path folder;

    private BackendTables tables;
    private Matrix matrix;
    private Map<String, String> tests;

    @BeforeEach
    void open_the_backends() {
        tables = new BackendTables(new InstalledBackends(folder));
    }

    @Test
    void what_is_taken_from_the_code_is_current() throws IOException {
        assertIsCurrent(region -> !RUN.contains(kind(region)));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void what_comes_of_running_it_is_current() throws IOException {
        assertIsCurrent(region -> RUN.contains(kind(region)));
    }

    private void assertIsCurrent(Predicate<String> regions) throws IOException {
        boolean update = "update".equals(System.getProperty("headwater.docs"));
        List<Path> stale = new ArrayList<>();
        for (Path file : Project.markdown()) {
            String text = Project.read(file);
            String fresh = GeneratedRegion.refreshed(text, regions, this::content);
            if (update) {
                Files.writeString(file, fresh);
            } else if (!fresh.equals(text)) {
                stale.add(Project.ROOT.relativize(file));
            }
        }
        assertThat(stale).as("stale; bring them up to date with: " + UPDATE).isEmpty();
    }

    @Test
    void no_region_was_lost() {
        List<String> names = Project.markdown().stream()
                .flatMap(file -> GeneratedRegion.names(Project.read(file)).stream())
                .toList();
        assertThat(names)
                .contains(
                        "comparison",
                        "conformance",
                        "rule classes",
                        "program QuickStart",
                        "output QuickStart",
                        "coordinates",
                        "coordinates tck",
                        "coordinates gradle")
                .contains("tests 1", "tests 2", "tests 3", "tests 4", "tests 5", "tests 6")
                .contains("options sqlite", "options memory", "options postgres", "options dynamodb")
                .contains("capabilities sqlite", "capabilities memory")
                .contains("capabilities postgres", "capabilities dynamodb")
                .contains("levels sqlite", "levels memory", "levels postgres", "levels dynamodb");
    }

    private static String kind(String region) {
        return region.split(" ", 2)[0];
    }

    /** What a region of this name holds: a kind, and what it is about. */
    private String content(String name) {
        String[] words = name.split(" ", 2);
        String about = words[words.length - 1];
        return switch (kind(name)) {
            case "comparison" -> matrix().markdown("", matrix().declared());
            case "conformance" -> matrix().markdown("group", notPassed(matrix().groups()));
            case "rule" -> RuleClasses.table();
            case "capabilities" -> tables.capabilities(about);
            case "levels" -> tables.levels(about);
            case "options" -> BackendTables.options(about);
            case "coordinates" -> coordinates(about);
            case "program" -> fenced("java", Program.source(about));
            case "snippet" -> fenced("java", Program.snippet(about));
            case "file" ->
                fenced(Tutorial.language(about), Program.withoutPackage(Project.read(Project.ROOT.resolve(about))));
            case "whole" -> fenced(Tutorial.language(about), Tutorial.whole(about));
            case "members" -> fenced("java", Tutorial.members(about));
            case "tests" -> fenced("text", tests().get(about));
            case "output" -> fenced("text", output(about));
            default -> throw new AssertionError("nothing generates 'generated:" + name + "'");
        };
    }

    /** Read once. */
    private Matrix matrix() {
        if (matrix == null) {
            matrix = BackendReports.matrix();
        }
        return matrix;
    }

    /** Run once. */
    private Map<String, String> tests() {
        if (tests == null) {
            try {
                tests = TutorialRun.tests(folder);
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
        return tests;
    }

    /** Groups in which a rule did not pass on some backend, without the numbers of those that passed, which grow. */
    private static Map<String, List<String>> notPassed(Map<String, List<String>> groups) {
        Map<String, List<String>> left = new LinkedHashMap<>();
        groups.forEach((group, counts) -> left.put(
                group,
                counts.stream()
                        .map(count -> count.replaceFirst("^\\d+ passed(, )?", ""))
                        .map(count -> count.isEmpty() ? "passed" : count)
                        .toList()));
        left.values().removeIf(counts -> counts.stream().allMatch("passed"::equals));
        return left;
    }

    private static String coordinates(String purpose) {
        return switch (purpose) {
            case "tck" -> fenced("xml", Coordinates.ofTck());
            case "gradle" -> fenced("kotlin", Coordinates.ofSqliteForGradle());
            default -> fenced("xml", Coordinates.ofSqlite());
        };
    }

    private static String fenced(String language, String text) {
        return "```" + language + "\n" + text.strip() + "\n```";
    }

    private String output(String program) {
        try {
            Run run = Program.run(program, Files.createTempDirectory(folder, program));
            assertThat(run.exitCode()).as(run.err()).isZero();
            return run.out();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
