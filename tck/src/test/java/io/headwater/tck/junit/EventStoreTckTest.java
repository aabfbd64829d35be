package io.headwater.tck.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headwater.tck.Profile;
import io.headwater.tck.StubBackend;
import io.headwater.tck.Tck;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.report.ReportFormat;
import io.headwater.tck.rule.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class EventStoreTckTest {
    @TempDir
    Path directory;

    private static EventStoreTck adapter(Tck tck) {
        return new EventStoreTck() {
            @Override
            protected Tck tck() {
                return tck;
            }
        };
    }

    private static Tck unopened() {
        return Tck.of(() -> {
            throw new IllegalStateException("no server");
        });
    }

    private static List<DynamicTest> tests(Tck tck) {
        return adapter(tck).rules().flatMap(EventStoreTckTest::tests).toList();
    }

    private static Stream<DynamicTest> tests(DynamicNode node) {
        return node instanceof DynamicContainer group
                ? group.getChildren().map(DynamicTest.class::cast)
                : Stream.empty();
    }

    /** Neither keeps events nor shares them, and no rule requires it to share them. */
    private static Tck forgetful() {
        return Tck.of(() -> StubBackend.store(new StubBackend()))
                .seed(7)
                .without(Need.SECOND_INSTANCE, "it forgets everything");
    }

    private static @Nullable Throwable outcome(Tck tck) {
        DynamicTest test = tests(tck).get(0);
        return catchThrowable(() -> test.getExecutable().execute());
    }

    private static void execute(DynamicTest test) {
        try {
            test.getExecutable().execute();
        } catch (Throwable counted) {
            // Its result is in the summary.
        }
    }

    @Test
    void there_is_a_container_for_each_group_a_test_for_each_rule_and_a_summary() {
        List<? extends DynamicNode> nodes = adapter(unopened()).rules().toList();
        assertThat(nodes).hasSize(Catalogue.groups().size() + 1);
        assertThat(tests(unopened())).hasSameSizeAs(Catalogue.rules());
    }

    @Test
    void a_rule_that_holds_passes() {
        assertThat(outcome(forgetful().only("A1.3"))).isNull();
    }

    @Test
    void a_failure_begins_with_the_rule() {
        assertThat(outcome(forgetful().only("A2.1")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A2.1 (MUST) ")
                .hasMessageContaining(": failed: ")
                .satisfies(failure -> assertThat(failure.getStackTrace()).isEmpty());
    }

    @Test
    void a_waiver_of_a_rule_that_holds_fails_and_names_the_rule() {
        assertThat(outcome(forgetful().only("A1.3").waive("A1.3", "issue 12")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A1.3 (MUST) ")
                .hasMessageContaining("waived (issue 12), and it holds");
    }

    @Test
    void a_rule_that_is_not_run_fails() {
        assertThat(outcome(unopened().only("A1.1")))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A1.1 (MUST) ")
                .hasMessageContainingAll("not run", "no server");
    }

    @Test
    void a_rule_that_is_not_run_for_a_reason_is_skipped_and_says_why() {
        assertThat(outcome(forgetful().only("T4.2")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("T4.2 (MUST) ")
                .hasMessageContainingAll("not run: needs a second instance", "it forgets everything");
    }

    @Test
    void a_rule_about_held_appends_is_skipped_where_the_backend_has_none_and_says_so() {
        assertThat(outcome(forgetful().only("T2.4")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining(
                        "not run: needs an append that can be held open: the backend has no facet HeldAppends");
    }

    @Test
    void a_reason_that_was_given_says_more_than_what_the_backend_lacks() {
        assertThat(outcome(forgetful().without(Need.HELD_APPEND, "see issue 12").only("T2.4")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("not run: needs an append that can be held open: see issue 12");
    }

    @Test
    void a_reason_does_not_excuse_a_wrong_set_up() {
        assertThat(outcome(unopened()
                        .without(Need.SECOND_INSTANCE, "one is enough")
                        .only("T4.2")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the set-up is wrong");
    }

    @Test
    void a_rule_that_is_waived_is_skipped_and_says_why() {
        assertThat(outcome(forgetful().only("A2.1").waive("A2.1", "issue 12")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageStartingWith("A2.1 (MUST) ")
                .hasMessageContaining("waived: issue 12");
    }

    @Test
    void the_last_test_is_named_after_the_counts_and_passes() {
        Tck tck = forgetful().only("A1.3", "A2.1", "T4.2").waive("A2.1", "issue 12");
        Deque<DynamicNode> nodes = new ArrayDeque<>();
        adapter(tck).rules().forEachOrdered(node -> {
            nodes.add(node);
            tests(node).forEach(EventStoreTckTest::execute);
        });
        assertThat(nodes.getLast().getDisplayName())
                .isEqualTo("summary: stub: 1 passed, 0 failed, 1 waived, 1 not run (seed 7)");
        assertThatCode(((DynamicTest) nodes.getLast()).getExecutable()::execute).doesNotThrowAnyException();
    }

    /** Runs all, with this folder named for the reports, and returns what the summary threw. */
    private static @Nullable Throwable summaryWritingTo(Path folder) {
        return with("headwater.tck.reports", folder.toString(), () -> {
            Deque<DynamicNode> nodes = new ArrayDeque<>();
            new Reported().rules().forEachOrdered(node -> {
                nodes.add(node);
                tests(node).forEach(EventStoreTckTest::execute);
            });
            return catchThrowable(((DynamicTest) nodes.getLast()).getExecutable()::execute);
        });
    }

    private static <T extends @Nullable Object> T with(String property, String value, Supplier<T> work) {
        String before = System.setProperty(property, value);
        try {
            return work.get();
        } finally {
            System.getProperties().remove(property);
            if (before != null) {
                System.setProperty(property, before);
            }
        }
    }

    static final class Reported extends EventStoreTck {
        @Override
        protected Tck tck() {
            return forgetful().only("A1.3", "A2.1");
        }
    }

    @Test
    void the_reports_are_written_where_the_property_says() throws IOException {
        Path folder = directory.resolve("new/reports");
        assertThat(summaryWritingTo(folder)).isNull();
        for (ReportFormat format : ReportFormat.values()) {
            Path file = folder.resolve(Reported.class.getName() + "." + format.extension());
            assertThat(Files.readString(file)).contains("A2.1", "stub");
        }
    }

    @Test
    void a_report_that_cannot_be_written_fails_the_summary_and_names_the_property() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(summaryWritingTo(file))
                .hasMessage("cannot write the report to '" + file + "', which -Dheadwater.tck.reports names");
    }

    @Test
    void the_property_names_the_profile() throws IOException {
        for (Profile profile : Profile.values()) {
            Path folder = directory.resolve(profile.name());
            String name = profile.name().toLowerCase(Locale.ROOT);
            assertThat(with("headwater.tck.profile", name, () -> summaryWritingTo(folder)))
                    .isNull();
            assertThat(Files.readString(folder.resolve(Reported.class.getName() + ".json")))
                    .contains("\"" + profile + "\"");
        }
    }

    @Test
    void a_profile_that_is_not_known_is_refused() {
        assertThat(with("headwater.tck.profile", "slow", () -> catchThrowable(() -> tests(forgetful()))))
                .hasMessage("-Dheadwater.tck.profile is 'slow', and must be quick, full or soak");
    }
}
