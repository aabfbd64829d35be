package io.headwater.verification.mutants;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.memory.HoldingBackend;
import io.headwater.memory.MemoryState;
import io.headwater.spi.Backend;
import io.headwater.tck.Status;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Kind;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.StoreProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A rule that no broken store fails proves nothing: each mutant is to be noticed by every rule that it names. */
class MutantsAreKilledTest {
    /** A rule about what happens at the same time may miss a race now and then; how often is measured by {@link DetectionRates}. */
    private static final int MAX_RUNS = 3;

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** A broken store never does what a rule waits for: half a second shows that as well as five. */
    private static final double TIME_SCALE = 0.1;

    /** Without those of subscriptions, of races and of leases that are taken over, which random scripts do not meet. */
    static List<Mutant> ofStorage() {
        return Stream.of(
                        AppendMutants.ALL,
                        ReadMutants.ALL,
                        PayloadMutants.ALL,
                        FacetMutants.ALL,
                        RecordMutants.ALL,
                        LeaseMutants.ALL,
                        FuzzMutants.ALL,
                        CombinationMutants.OF_ONE_INSTANCE)
                .flatMap(List::stream)
                .toList();
    }

    static List<Mutant> mutants() {
        List<Mutant> others = Stream.of(
                        TakeOverMutants.ALL,
                        TimeMutants.ALL,
                        LeaseTermMutants.ALL,
                        ValueMutants.ALL,
                        PageMutants.ALL,
                        ManyLeasesMutants.ALL,
                        SelectionMutants.ALL,
                        StateMutants.ALL,
                        FailureMutants.ALL,
                        DurableMutants.ALL,
                        PullMutants.ALL,
                        PutBackMutants.ALL,
                        EndingMutants.ALL,
                        InstanceMutants.ALL,
                        ScopedMutants.ALL,
                        FencingMutants.ALL,
                        StreamMutants.ALL,
                        LogMutants.ALL,
                        HeldMutants.ALL,
                        CatalogMutants.ALL,
                        GuardMutants.ALL,
                        CommandMutants.ALL,
                        ReadOnlyMutants.ALL,
                        RaceMutants.ALL,
                        RaceMatrixMutants.ALL,
                        LifeMutants.ALL,
                        LongListMutants.ALL,
                        KeyMutants.ALL,
                        EndingStorageMutants.ALL,
                        NeverWrittenMutants.ALL,
                        ConcurrentCallMutants.ALL,
                        AppendKindMutants.ALL,
                        AppendSituationMutants.ALL,
                        HidingSituationMutants.ALL,
                        ReadSituationMutants.ALL,
                        SubscriptionSituationMutants.ALL,
                        PartialMutants.ALL,
                        SizeMutants.ALL,
                        ReservedIdMutants.ALL,
                        CallMutants.ALL,
                        CombinationMutants.OF_TWO_INSTANCES,
                        ChangeMutants.ALL,
                        ApplyMutants.ALL,
                        DeclarationMutants.all())
                .flatMap(List::stream)
                .toList();
        return Stream.concat(ofStorage().stream(), others.stream()).toList();
    }

    @TestFactory
    Stream<DynamicTest> every_mutant_is_killed() {
        return mutants().stream()
                .map(mutant -> dynamicTest(mutant.name() + ": " + mutant.killers(), () -> isKilled(mutant)));
    }

    @Test
    void mutants_have_different_names() {
        assertThat(mutants().stream().map(Mutant::name)).doesNotHaveDuplicates();
    }

    @Test
    void every_rule_kills_a_mutant_but_for_those_that_no_store_can_break() {
        Set<String> killers =
                mutants().stream().flatMap(mutant -> mutant.killers().stream()).collect(Collectors.toSet());
        assertThat(Catalogue.rules().stream().map(Rule::id).filter(not(killers::contains)))
                .containsExactlyInAnyOrderElementsOf(Unbreakable.ids());
    }

    @Test
    void a_store_may_reserve_a_prefix() {
        Mutant sound = ReservedIdMutants.sound();
        TckReport report = keepingStorage(sound, () -> checked(sound, List.of("P2.19", "P2.20", "L4.2")));
        assertThat(report.with(Status.PASS))
                .extracting(result -> result.rule().id())
                .containsExactlyInAnyOrder("P2.19", "P2.20", "L4.2");
    }

    private static void isKilled(Mutant mutant) {
        Set<String> missed = new TreeSet<>(mutant.killers());
        for (int run = 0; run < MAX_RUNS && !missed.isEmpty(); run++) {
            TckReport report = keepingStorage(mutant, () -> checked(mutant, List.copyOf(missed)));
            assertThat(report.fixtureProblem()).isEmpty();
            report.with(Status.FAIL)
                    .forEach(result -> missed.remove(result.rule().id()));
            missed.stream()
                    .map(MutantsAreKilledTest::rule)
                    .forEach(rule -> assertThat(rule.kind())
                            .as(
                                    "%s misses the mutant, seed %s",
                                    rule.id(), report.run().seed())
                            .isEqualTo(Kind.REPEATED));
        }
        assertThat(missed).as("rules that miss the mutant in every run").isEmpty();
    }

    private static Rule rule(String id) {
        return Catalogue.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What these rules say about a mutant, each time with another seed. */
    static TckReport checked(Mutant mutant, List<String> rules) {
        return Tck.of(new Control(mutant))
                .only(rules.toArray(String[]::new))
                .deadline(DEADLINE)
                .timeScale(TIME_SCALE)
                .run();
    }

    /** The storage ends with its last store; during this it does not. */
    static <T> T keepingStorage(Mutant mutant, Supplier<T> work) {
        Backend storage = sound(mutant);
        try {
            return work.get();
        } finally {
            storage.close();
        }
    }

    /**
     * What rules put between the storage and the store lies below the mutant's store, too. The storage would end with its last
     * store; here it outlives them, see {@link #keepingStorage}.
     */
    record Control(Mutant mutant, Set<Need> offers) implements StoreControl {
        Control(Mutant mutant) {
            this(mutant, EnumSet.allOf(Need.class));
        }

        @Override
        public EventStore open() {
            return open(UnaryOperator.identity());
        }

        @Override
        public EventStore open(UnaryOperator<Backend> between) {
            return mutant.over(sound(mutant), between);
        }

        @Override
        public EventStore openReadOnly() {
            return mutant.readOnlyOver(sound(mutant));
        }

        @Override
        public EventStore open(Clock clock, LongSupplier nanoTime) {
            return mutant.over(HoldingBackend.open(mutant.name(), clock), nanoTime);
        }

        @Override
        public Runnable keepState() {
            return MemoryState.keep(mutant.name());
        }

        /** For rules that look at the backend without the store above it. */
        @Override
        public Optional<EventStoreConfig> config() {
            return Optional.of(EventStoreConfig.of(MutantProvider.url(mutant)));
        }

        @Override
        public StoreProcess openProcess() {
            return new MortalStore(mutant, sound(mutant));
        }
    }

    static EventStore open(Mutant mutant) {
        return new Control(mutant).open();
    }

    static Backend sound(Mutant mutant) {
        return HoldingBackend.open(mutant.name());
    }
}
