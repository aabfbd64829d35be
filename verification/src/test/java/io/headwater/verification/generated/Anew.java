package io.headwater.verification.generated;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** Faults that were devised, once more, without looking at the rules. */
final class Anew {
    private Anew() {}

    static Stream<Generated> all() {
        return Stream.of(
                        AnewBatches.all(),
                        AnewKeys.all(),
                        AnewLists.all(),
                        AnewSubscriptions.all(),
                        AnewMoments.all(),
                        AnewRepeats.all())
                .flatMap(each -> each);
    }

    static Generated of(Operation about, String fault, Fault instead) {
        return Devised.of(about, Devised.ANEW + fault, () -> instead);
    }

    static Generated across(Operation about, String fault, Supplier<Fault> making) {
        return Devised.across(about, Devised.ANEW + fault, making);
    }
}
