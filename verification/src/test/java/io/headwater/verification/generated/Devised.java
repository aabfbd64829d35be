package io.headwater.verification.generated;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Faults that were devised by reading the contract and the SPI as an attacker does: plausible errors of a backend's author, each
 * in one situation only.
 */
final class Devised {
    static final String MARK = "devised: ";

    /** Those that were devised when the rules that the others led to were there. */
    static final String LATER = "later, ";

    private Devised() {}

    static Stream<Generated> all() {
        return Stream.of(
                        DevisedAppends.all(),
                        DevisedRepeats.all(),
                        DevisedImports.all(),
                        DevisedReads.all(),
                        DevisedIndexes.all(),
                        DevisedHiding.all(),
                        DevisedFacets.all(),
                        DevisedSubscriptions.all(),
                        DevisedLeases.all(),
                        DevisedRaces.all(),
                        DevisedLater.all())
                .flatMap(each -> each);
    }

    /** A fault of this operation. */
    static Generated of(Operation about, String fault, Supplier<Fault> making) {
        return across(about, fault, () -> making.get().in(about));
    }

    /** A fault of several operations. */
    static Generated of(Operation about, Set<Operation> operations, String fault, Supplier<Fault> making) {
        return across(about, fault, () -> making.get().in(operations));
    }

    /** A fault that gets all calls; mainly one of this operation. */
    static Generated across(Operation about, String fault, Supplier<Fault> making) {
        return Generated.across(about, MARK + fault, making);
    }
}
