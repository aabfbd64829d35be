package io.headwater.tck.catalogue.support;

import io.headwater.EventStore;
import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.FuzzFailure;
import io.headwater.tck.fuzz.FuzzReport;
import io.headwater.tck.fuzz.Part;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Random scripts, whose every answer must be that of the model. */
public final class Scripts {
    private Scripts() {}

    /** Those that the store has. */
    public static Set<Part> parts(EventStore store) {
        return Arrays.stream(Part.values())
                .filter(part -> part.needed().stream().allMatch(store.capabilities()::supports))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    /** Fails at the first wrong answer. */
    public static void check(RuleContext rule, Set<Part> parts, int scripts, int length, EventStore... instances) {
        FuzzReport report = Fuzz.over(instances)
                .parts(parts)
                .scripts(scripts)
                .length(length)
                .seed(rule.random().nextInt(Integer.MAX_VALUE))
                .run();
        Expect.that(
                report.passed(),
                "a script is answered wrongly:\n"
                        + report.failure().map(FuzzFailure::text).orElse(""));
    }
}
