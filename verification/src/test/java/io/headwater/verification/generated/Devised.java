package io.headwater.verification.generated;

import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Faults that were devised by reading the contract and the SPI as an attacker does: plausible errors of a backend's author, each
 * in one situation only.
 */
final class Devised {
    static final String MARK = "devised: ";

    /** Those that were devised when the rules that the others led to were there. */
    static final String LATER = "later, ";

    /** Those that were devised when the rules that {@link #LATER} led to were there. */
    static final String ANEW = "anew, ";

    /** What faults are about that need a capability. */
    private static final Pattern NEEDING = Pattern.compile(
            "delet|trunc|tombston|emptied|hidden|hide|remov|scaveng|several|check"
                    + "|import|held|snapshot|left|life|lives|was not there|position of a time|category of|no stream is met");

    private Devised() {}

    static Stream<Generated> all() {
        return Stream.of(
                        DevisedAppends.all(),
                        DevisedRepeats.all(),
                        DevisedImports.all(),
                        DevisedStreamReads.all(),
                        DevisedPlaces.all(),
                        DevisedLogPages.all(),
                        DevisedFilters.all(),
                        DevisedTimes.all(),
                        DevisedIndexes.all(),
                        DevisedHiding.all(),
                        DevisedFacets.all(),
                        DevisedCheckpoints.all(),
                        DevisedManyLeases.all(),
                        DevisedRecords.all(),
                        DevisedLeases.all(),
                        DevisedRaces.all(),
                        DevisedLater.all(),
                        Anew.all())
                .flatMap(each -> each);
    }

    /** Those that show without capabilities, in backends that have none: no rule about a capability sees them by the way. */
    static Stream<Generated> withoutCapabilities() {
        return all().filter(Devised::needsNoCapability).map(Generated::withoutCapabilities);
    }

    private static boolean needsNoCapability(Generated devised) {
        Class<?> part = devised.about().part();
        return (part == Backend.class || part == CheckpointStore.class)
                && devised.about() != Operation.POSITION_AT
                && !NEEDING.matcher(devised.name()).find();
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
