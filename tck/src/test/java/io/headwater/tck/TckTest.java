package io.headwater.tck;

import static io.headwater.tck.rule.Rule.fault;
import static io.headwater.tck.rule.Rule.must;
import static io.headwater.tck.rule.Rule.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Limits;
import io.headwater.spi.Backend;
import io.headwater.tck.rule.Check;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import io.headwater.tck.rule.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("locales")
class TckTest {
    private static final Check HOLDS = rule -> {};
    private static final Check BROKEN = rule -> Expect.equal("the answer", 42, 41);

    private static Tck tck(Rule... rules) {
        return Tck.of(() -> StubBackend.store(new StubBackend())).catalogue(RuleGroup.of("group", rules));
    }

    private static RuleResult run(Tck tck, Rule rule) {
        try (TckSession session = tck.open()) {
            return session.runWithoutFixture(rule);
        }
    }

    private static RuleResult run(Rule rule) {
        return run(tck(rule), rule);
    }

    @Test
    void a_rule_that_holds_passes() {
        assertThat(run(must("A1.1", "it holds", HOLDS)).status()).isEqualTo(Status.PASS);
    }

    @Test
    void a_failure_tells_rule_expected_actual_seed_and_what_was_done() {
        Rule rule = must("A1.1", "it holds", context -> {
            context.store().append(context.stream("orders"), ExpectedVersion.any(), context.event());
            BROKEN.run(context);
        });
        RuleResult result = run(tck(rule).seed(77), rule);
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.text())
                .startsWith("A1.1 (MUST) it holds: failed: the answer: expected 42, was 41")
                .contains("seed(77L)", "only(\"A1.1\")", "append 1 events to 'orders-");
    }

    @Test
    void an_unexpected_exception_is_a_failure_with_its_place() {
        RuleResult result = run(must("A1.1", "it holds", rule -> {
            throw new IllegalStateException("surprise");
        }));
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).contains("IllegalStateException: surprise", "TckTest.java");
    }

    @Test
    void a_rule_that_hangs_is_a_failure_that_says_where() {
        CountDownLatch never = new CountDownLatch(1);
        Rule rule = must("A1.1", "it holds", context -> never.await());
        RuleResult result = run(tck(rule).deadline(Duration.ofSeconds(1)), rule);
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).contains("timed out after 1000 ms", "CountDownLatch");
    }

    @Test
    void the_rule_after_one_that_hung_gets_another_store() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        Tck tck = Tck.of(() -> {
                    opened.incrementAndGet();
                    return StubBackend.store(new StubBackend());
                })
                .deadline(Duration.ofSeconds(1));
        try (TckSession session = tck.open()) {
            session.runWithoutFixture(must("A1.1", "it hangs", context -> never.await()));
            assertThat(session.runWithoutFixture(must("A1.2", "it holds", HOLDS))
                            .status())
                    .isEqualTo(Status.PASS);
        }
        assertThat(opened).hasValue(2);
    }

    /** Counts the open stores of a storage that is replaced between groups. */
    private static final class ReplacedStorage implements StoreControl {
        private final AtomicInteger open = new AtomicInteger();
        private final List<Integer> openWhenReplaced = new ArrayList<>();

        @Override
        public EventStore open() {
            open.incrementAndGet();
            return StubBackend.store(new StubBackend() {
                @Override
                public void close() {
                    open.decrementAndGet();
                }
            });
        }

        @Override
        public Optional<Runnable> betweenGroups() {
            return Optional.of(() -> openWhenReplaced.add(open.get()));
        }
    }

    @Test
    void storage_can_be_replaced_between_groups_while_no_store_is_open() {
        ReplacedStorage storage = new ReplacedStorage();
        RuleGroup one = RuleGroup.of("one", must("A1.1", "it holds", HOLDS), must("A1.2", "it holds", HOLDS));
        RuleGroup two = RuleGroup.of("two", must("A2.1", "it holds", HOLDS));

        Tck.of(storage).catalogue(one, two).run();

        assertThat(storage.openWhenReplaced).containsExactly(0);
        assertThat(storage.open).hasValue(0);
    }

    @Test
    void a_store_that_cannot_be_opened_fails_every_rule() {
        Tck tck = Tck.of(() -> {
            throw new IllegalStateException("no server");
        });
        RuleResult result = run(tck, must("A1.1", "it holds", HOLDS));
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).contains("no server");
    }

    @Test
    void a_waived_rule_may_fail_and_keeps_its_reason_and_message() {
        Rule rule = must("A1.1", "it holds", BROKEN);
        RuleResult result = run(tck(rule).waive("A1.1", "known, issue 7"), rule);
        assertThat(result.status()).isEqualTo(Status.WAIVED);
        assertThat(result.message()).contains("known, issue 7", "expected 42");
    }

    @Test
    void a_waived_rule_that_holds_fails() {
        Rule rule = must("A1.1", "it holds", HOLDS);
        RuleResult result = run(tck(rule).waive("A1.1", "known, issue 7"), rule);
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).contains("take the waiver away");
    }

    @Test
    void a_waived_rule_about_races_may_hold_and_tells_how_often_it_did() {
        AtomicInteger runs = new AtomicInteger();
        Rule rule = repeated("A1.1", "it holds", context -> {
            if (runs.incrementAndGet() == 2) {
                BROKEN.run(context);
            }
        });
        int repetitions = Profile.FULL.repetitions() + (Threads.hasVirtual() ? 1 : 0);
        RuleResult result = run(tck(rule).waive("A1.1", "a race"), rule);
        assertThat(result.status()).isEqualTo(Status.WAIVED);
        assertThat(result.message())
                .startsWith("a race\nheld in %s of %s runs".formatted(repetitions - 1, repetitions))
                .contains("expected 42");
        assertThat(runs).hasValue(repetitions);
    }

    @Test
    void virtual_threads_run_rules_about_threads_and_in_the_profile_full_all_of_them() {
        int twice = Threads.hasVirtual() ? 2 : 1;
        Check starting = rule -> Threads.likeCurrent("started", () -> {}).start();
        assertThat(runs(Profile.QUICK, check -> must("A1.1", "it holds", check), HOLDS))
                .isEqualTo(1);
        assertThat(runs(Profile.FULL, check -> must("A1.1", "it holds", check), HOLDS))
                .isEqualTo(twice);
        assertThat(runs(Profile.QUICK, check -> must("A1.1", "it holds", check), starting))
                .isEqualTo(twice);
        assertThat(runs(Profile.QUICK, check -> fault("A1.1", "it holds", check), HOLDS))
                .isEqualTo(twice);
        assertThat(runs(Profile.QUICK, check -> repeated("A1.1", "it holds", check), HOLDS))
                .isEqualTo(twice);
    }

    private static int runs(Profile profile, Function<Check, Rule> rules, Check check) {
        AtomicInteger runs = new AtomicInteger();
        Rule rule = rules.apply(context -> {
            runs.incrementAndGet();
            check.run(context);
        });
        assertThat(run(tck(rule).profile(profile), rule).status()).isEqualTo(Status.PASS);
        return runs.get();
    }

    @Test
    void a_waived_rule_about_faults_may_hold() {
        Rule rule = fault("A1.1", "it holds", HOLDS);
        RuleResult result = run(tck(rule).waive("A1.1", "now and then"), rule);
        assertThat(result.status()).isEqualTo(Status.WAIVED);
        assertThat(result.message()).startsWith("now and then\nheld in ");
    }

    @Test
    void a_claim_names_rules_that_the_storage_cannot_be_tried_for() {
        Rule held = must("A1.1", "it is held", BROKEN).needs(Need.HELD_APPEND);
        Rule clocked = must("A1.2", "it has a clock", BROKEN).needs(Need.EVENT_CLOCK);
        assertThat(run(held).named()).isTrue();
        assertThat(run(clocked).named()).isTrue();
        assertThat(run(must("A1.3", "it restarts", BROKEN).needs(Need.CONFIGURATION))
                        .named())
                .isFalse();
        TckReport report;
        try (TckSession session = tck(held, clocked).open()) {
            report = session.report(List.of(run(held), run(clocked)));
        }
        assertThat(report.provesConformance()).isTrue();
        assertThat(report.text())
                .startsWith("not tried: A1.1 (needs an append that can be held open: the backend has no facet"
                        + " HeldAppends)");
        assertThat(report.named()).hasSize(2);
    }

    @Test
    void a_claim_names_no_rule_that_the_storage_can_be_tried_for() {
        Rule rule = must("A1.1", "it restarts", BROKEN).needs(Need.RESTART);
        assertThat(run(tck(rule).without(Need.RESTART, "busy"), rule).named()).isFalse();
    }

    @Test
    void a_rule_of_a_capability_that_is_refused_is_not_applicable_and_not_tried() {
        Rule rule = must("A1.1", "it holds", BROKEN).requires(Capability.values());
        RuleResult result = run(Tck.of(() -> StubBackend.store(new StubBackend.Plain())), rule);
        assertThat(result.status()).isEqualTo(Status.NA_PROVEN);
    }

    @Test
    void a_capability_that_works_undeclared_is_a_failure() {
        EventStore boastful = new UndeclaredFacets(StubBackend.store(new StubBackend.Plain()));
        Rule rule = must("A1.1", "it holds", HOLDS).requires(Capability.SNAPSHOTS);
        RuleResult result = run(Tck.of(() -> boastful), rule);
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).contains("SnapshotStore is there");
    }

    @Test
    void a_rule_whose_need_is_not_offered_is_not_run() {
        Rule rule = must("A1.1", "it holds", BROKEN).needs(Need.CONFIGURATION);
        RuleResult result = run(rule);
        assertThat(result.status()).isEqualTo(Status.NOT_RUN);
        assertThat(result.message()).contains("opened by its configuration");
    }

    @Test
    void a_need_that_is_done_without_gives_its_reason() {
        Rule rule = must("A1.1", "it holds", BROKEN).needs(Need.RESTART);
        Tck tck = tck(rule).without(Need.RESTART, "in memory");
        assertThat(run(tck, rule).message()).contains("in memory");
        try (TckSession session = tck.open()) {
            assertThat(session.excuse(rule)).contains("in memory");
        }
    }

    @Test
    void a_rule_that_uses_what_it_does_not_declare_to_need_fails() {
        assertThat(run(must("A1.1", "it holds", context -> context.another())).message())
                .contains("does not declare");
    }

    @Test
    void a_repeated_rule_runs_several_times_with_other_seeds() {
        List<Long> first = new ArrayList<>();
        Rule rule = Rule.repeated(
                "A1.1", "it holds", context -> first.add(context.random().nextLong()));
        run(rule);
        assertThat(first).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    }

    @Test
    void the_same_seed_repeats_what_is_random() {
        List<Object> events = new ArrayList<>();
        Rule rule = must("A1.1", "it holds", context -> events.add(context.event()));
        Tck once = tck(rule).profile(Profile.QUICK).seed(5);
        run(once, rule);
        run(once, rule);
        assertThat(events.get(0)).isEqualTo(events.get(1));
    }

    @Test
    void a_wrong_set_up_is_told_apart_and_runs_no_rule() {
        TckReport report = tck(must("A1.1", "it holds", HOLDS)).run();
        assertThat(report.fixtureProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("second instance"));
        assertThat(report.with(Status.NOT_RUN)).hasSize(1);
        assertThat(report.provesConformance()).isFalse();
        assertThat(report.text()).contains("the set-up is wrong");
    }

    @Test
    void a_wrong_set_up_is_told_in_full_once_and_in_a_line_afterwards() {
        Rule rule = must("A1.1", "it holds", HOLDS);
        Tck tck = Tck.of(() -> {
            throw new IllegalStateException("no server");
        });
        try (TckSession session = tck.open()) {
            assertThat(session.run(rule).message()).contains("no server", "\tat ");
            assertThat(session.run(rule).message())
                    .isEqualTo("the set-up is wrong: unexpected java.lang.IllegalStateException: no server");
        }
    }

    @Test
    void limits_of_nothing_are_a_wrong_set_up_that_says_what_to_declare() {
        Backend limitless = new StubBackend() {
            @Override
            public Capabilities capabilities() {
                return Capabilities.of(new Limits(0, 0, 0, 0));
            }
        };
        Tck tck = Tck.of(() -> StubBackend.store(limitless));
        try (TckSession session = tck.open()) {
            assertThat(session.fixtureProblem())
                    .hasValueSatisfying(problem ->
                            assertThat(problem).contains("limits are not positive", "at least Limits.MIN: Limits["));
        }
    }

    @Test
    void only_some_rules_can_be_run_by_id_contract_id_or_group() {
        Tck tck = tck(must("A1.1", "one", HOLDS), must("A1.2", "two", HOLDS), must("B1.1", "three", HOLDS));
        assertThat(tck.only("A1.2").open().groups().get(0).rules())
                .extracting(Rule::id)
                .containsExactly("A1.2");
        assertThat(tck.only("A1").open().groups().get(0).rules()).hasSize(2);
        assertThat(tck.only("group").open().groups().get(0).rules()).hasSize(3);
    }

    @Test
    void an_unknown_name_is_refused() {
        assertThatThrownBy(() -> tck().only("X9")).hasMessageContaining("X9");
        assertThatThrownBy(() -> tck(must("A1.1", "one", HOLDS)).waive("A1", "reason"))
                .hasMessageContaining("one by one");
        assertThatThrownBy(() -> tck().waive("X9.1", "reason")).hasMessageContaining("X9.1");
    }

    @Test
    void the_report_counts_and_shows_what_did_not_pass() {
        Rule good = must("A1.1", "it holds", HOLDS);
        Rule bad = must("A1.2", "it is broken", BROKEN);
        Tck tck = tck(good, bad).seed(7);
        TckReport report;
        try (TckSession session = tck.open()) {
            report = session.report(List.of(run(tck, good), run(tck, bad)));
        }
        assertThat(report.text())
                .contains("1 passed, 1 failed", "A1.2 it is broken", "seed 7")
                .doesNotContain("A1.1 it holds");
        assertThat(report.provesConformance()).isFalse();
    }
}
