package io.headwater.tck;

import static io.headwater.tck.rule.Rule.must;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Operation;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a report knows beyond how each rule ended. */
@Tag("locales")
class TckReportTest {
    private static final Rule HOLDS = must("A1.1", "it holds", rule -> {});

    /** A stub store, said to be that of a URL. */
    private record Named(String url) implements StoreControl {
        @Override
        public EventStore open() {
            return StubBackend.store(new StubBackend());
        }

        @Override
        public Set<Need> offers() {
            return Set.of();
        }

        @Override
        public Optional<EventStoreConfig> config() {
            return Optional.of(EventStoreConfig.of(url));
        }
    }

    private static Tck tck(String url, Rule... rules) {
        return Tck.of(new Named(url)).catalogue(RuleGroup.of("group", rules));
    }

    @Test
    void it_tells_what_was_tested_and_how() {
        TckReport report = tck("stub:x", HOLDS).seed(7).profile(Profile.QUICK).run();
        assertThat(report.store().backend()).isEqualTo("stub");
        assertThat(report.store().configuration()).contains("stub:x");
        assertThat(report.store().capabilities()).contains(new StubBackend().capabilities());
        assertThat(report.run().java()).isEqualTo(System.getProperty("java.version"));
        assertThat(report.run().profile()).isEqualTo(Profile.QUICK);
        assertThat(report.run().seed()).isEqualTo(7);
        assertThat(report.groups()).extracting(GroupResult::name).containsExactly("group");
        assertThat(report.provesConformance()).isTrue();
    }

    @Test
    void rules_that_were_not_chosen_stand_in_the_way_of_a_claim() {
        TckReport report = tck("stub:x", HOLDS, must("A1.2", "another", rule -> {}))
                .only("A1.1")
                .run();
        assertThat(report.leftOut()).isEqualTo(1);
        assertThat(report.with(Status.PASS)).hasSize(1);
        assertThat(report.provesConformance()).isFalse();
    }

    @Test
    void a_profile_says_how_often_repeated_rules_run() {
        for (Profile profile : Profile.values()) {
            AtomicInteger runs = new AtomicInteger();
            tck("stub:x", Rule.repeated("A1.1", "it holds", rule -> runs.incrementAndGet()))
                    .profile(profile)
                    .run();
            assertThat(runs).hasValue(profile.repetitions() + (Threads.hasVirtual() ? 1 : 0));
        }
    }

    @Test
    void a_failure_has_the_last_operations_with_their_times() {
        TckReport report = tck("stub:x", must("A1.1", "it holds", rule -> {
                    rule.store().append(StreamId.of("orders", "1"), ExpectedVersion.any(), rule.event());
                    rule.store().facet(null);
                }))
                .run();
        List<Operation> operations = report.results().get(0).operations();
        assertThat(operations).extracting(Operation::name).containsExactly("head", "append");
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.begun()).isPositive();
            assertThat(operation.ended()).isGreaterThanOrEqualTo(operation.begun());
            assertThat(operation.threw()).isFalse();
        });
        assertThat(operations.get(1).begun())
                .isGreaterThanOrEqualTo(operations.get(0).ended());
        assertThat(operations.get(1).text()).startsWith("   2 store1 append 1 events to 'orders-1'");
    }

    @Test
    void what_an_operation_threw_is_told_apart() {
        TckReport report = tck("stub:x", must("A1.1", "it holds", rule -> {
                    rule.store().close();
                    rule.store().head();
                }))
                .run();
        Operation last = report.results().get(0).operations().get(2);
        assertThat(last.threw()).isTrue();
        assertThat(last.text()).contains("head", "-> throws io.headwater.StoreClosed");
    }

    @Test
    void an_operation_that_hangs_is_among_them() {
        CountDownLatch end = new CountDownLatch(1);
        Rule rule = must(
                "A1.1",
                "it holds",
                context -> context.store().append(context.stream(), ExpectedVersion.any(), context.event()));
        try (TckSession session = Tck.of(() -> StubBackend.store(new Hanging(end)))
                .deadline(Duration.ofSeconds(2))
                .open()) {
            List<Operation> operations = session.runWithoutFixture(rule).operations();
            assertThat(operations).extracting(Operation::name).containsExactly("head", "append");
            assertThat(operations.get(1).outcome()).isEqualTo("has not returned");
            assertThat(operations.get(1).ended())
                    .isGreaterThan(operations.get(1).begun());
        } finally {
            end.countDown();
        }
    }

    /** Does not return from an append, whatever happens, until it is told to. */
    private static final class Hanging extends StubBackend {
        private final CountDownLatch end;

        Hanging(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
            return super.append(request);
        }
    }

    @Test
    void no_secret_of_the_configuration_reaches_a_report() {
        String url = "stub://ann:pa%24%24word@host/db?apiKey=s3cret&path=jdbc://bob:hunter2@x";
        TckReport report = tck(url, must("A1.1", "it holds", rule -> {
                    rule.store().append(StreamId.of("pa$$word", "hunter2"), ExpectedVersion.any(), rule.event());
                    throw new IllegalStateException("cannot reach ann:pa%24%24word@host with s3cret or hunter2");
                }))
                .run();
        assertThat(report.toString() + report.text())
                .contains("cannot reach ann:***@host with *** or ***", "'***-***'")
                .doesNotContain("s3cret", "pa%24%24word", "pa$$word", "hunter2");
    }

    @Test
    void a_store_that_cannot_be_opened_is_reported_too() {
        TckReport report = Tck.of(() -> {
                    throw new IllegalStateException("no server");
                })
                .catalogue(RuleGroup.of("group", HOLDS))
                .run();
        assertThat(report.store().capabilities()).isEmpty();
        assertThat(report.run().took()).isGreaterThan(Duration.ZERO);
        assertThat(report.provesConformance()).isFalse();
    }
}
