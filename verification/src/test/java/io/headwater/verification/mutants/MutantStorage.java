package io.headwater.verification.mutants;

import io.headwater.tck.StoreControl;
import io.headwater.tck.rule.Need;
import java.util.EnumSet;
import java.util.function.Supplier;

/** The storage of a mutant, for those that are not of this package. */
public final class MutantStorage {
    private MutantStorage() {}

    /** Access to it, for the TCK. A mutant that is in no list has no URL. */
    public static StoreControl control(Mutant mutant) {
        return new MutantsAreKilledTest.Control(mutant, EnumSet.complementOf(EnumSet.of(Need.CONFIGURATION)));
    }

    /** The storage ends with its last store; during this it does not. */
    public static <T> T kept(Mutant mutant, Supplier<T> work) {
        return MutantsAreKilledTest.keepingStorage(mutant, work);
    }
}
