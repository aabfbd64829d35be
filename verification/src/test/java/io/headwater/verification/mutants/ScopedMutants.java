package io.headwater.verification.mutants;

import static io.headwater.verification.mutants.Scope.INSTANCE;
import static io.headwater.verification.mutants.Scope.PROCESS;
import static io.headwater.verification.mutants.Scope.RESTART;

import io.headwater.spi.Backend;
import io.headwater.verification.mutants.Scope.Kept;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What should belong to the storage, and belongs to an instance or a process, or ends with the last store (L6). */
final class ScopedMutants {
    static final List<Mutant> ALL = Stream.of(
                    each("a snapshot", ScopedStreams::snapshots, "L6.1 L6.2", "L6.3 L6.4 L6.11", "L6.13 L6.20"),
                    each("a truncation", ScopedStreams::truncations, "L6.1 L6.2", "L6.3 L6.4 L6.10", "L6.13 L6.19"),
                    each("a tombstone", ScopedStreams::tombstones, "L6.1 L6.2", "L6.3 L6.4 L6.10", "L6.13 L6.19"),
                    each("a scavenge", ScopedStreams::scavenges, "L6.1 L6.2", "L6.3 L6.4 L6.10", "L6.13 L6.19"),
                    each(
                            "the version of an empty stream",
                            ScopedStreams::versions,
                            "L6.1 L6.2",
                            "L6.3 L6.10",
                            "L6.13 L6.19"),
                    each("a stream in the catalog", ScopedStreams::catalog, "L6.1 L6.2", "L6.3 L6.10", "L6.13 L6.19"),
                    each("what was ever decided", ScopedStreams::decided, "L6.2", "L6.10", "L6.19"),
                    ofInstances("the time of a position", ScopedStreams::times, "L6.1", "L6.4"),
                    each("an exact repeat", ScopedRepeats::exact, "L6.1 L6.2", "L6.3 L6.8", "L6.13 L6.17"),
                    each("a non-exact repeat", ScopedRepeats::nonExact, "L6.1 L6.2", "L6.3 L6.8", "L6.13 L6.17"),
                    each(
                            "a repeat of several streams",
                            ScopedRepeats::ofSeveral,
                            "L6.1 L6.2",
                            "L6.3 L6.9",
                            "L6.13 L6.18"),
                    each(
                            "a repeat in a later life",
                            ScopedRepeats::laterLives,
                            "L6.1 L6.2",
                            "L6.3 L6.10",
                            "L6.13 L6.19"),
                    each("a repeat of an import", ScopedRepeats::imports, "L6.1 L6.2", "L6.3 L6.12", "L6.13 L6.21"),
                    each(
                            "a subscription",
                            ScopedLeases::subscriptions,
                            "L6.1 L6.2",
                            "L6.3 L6.5 L6.6 L6.7",
                            "L6.13 L6.14 L6.15 L6.16"),
                    each("a lease", ScopedLeases::leases, "L6.1 L6.2", "L6.3 L6.5 L6.7", "L6.13 L6.14 L6.16"),
                    each("a release", ScopedLeases::releases, "L6.1 L6.2", "L6.3 L6.5 L6.7", "L6.13 L6.14 L6.16"),
                    each("a renewal", ScopedLeases::renewals, "L6.1 L6.2", "L6.3 L6.5", "L6.13 L6.14"),
                    each("a second partition", ScopedLeases::partitions, "L6.1 L6.2", "L6.3 L6.6", "L6.13 L6.15"),
                    each("a second kind of record", ScopedLeases::kinds, "L6.1", "L6.3", "L6.13"),
                    each("the time of a checkpoint", ScopedLeases::savedTimes, "L6.1 L6.2", "L6.3 L6.6", "L6.13 L6.15"))
            .flatMap(List::stream)
            .toList();

    private ScopedMutants() {}

    private static List<Mutant> each(
            String what, BiFunction<Backend, Kept, Backend> keeping, String restart, String instance, String process) {
        return Stream.concat(
                        ofInstances(what, keeping, restart, instance).stream(),
                        Stream.of(PROCESS.mutant(what, keeping, process.split(" "))))
                .toList();
    }

    private static List<Mutant> ofInstances(
            String what, BiFunction<Backend, Kept, Backend> keeping, String restart, String instance) {
        return List.of(
                RESTART.mutant(what, keeping, restart.split(" ")), INSTANCE.mutant(what, keeping, instance.split(" ")));
    }
}
