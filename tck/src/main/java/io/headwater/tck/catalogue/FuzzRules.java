package io.headwater.tck.catalogue;

import static io.headwater.tck.fuzz.Part.APPENDS;
import static io.headwater.tck.fuzz.Part.BULK;
import static io.headwater.tck.fuzz.Part.CATALOG;
import static io.headwater.tck.fuzz.Part.CHECKPOINTS;
import static io.headwater.tck.fuzz.Part.HIDING;
import static io.headwater.tck.fuzz.Part.LOG_READS;
import static io.headwater.tck.fuzz.Part.REPEATS;
import static io.headwater.tck.fuzz.Part.SCAVENGING;
import static io.headwater.tck.fuzz.Part.SEVERAL_STREAMS;
import static io.headwater.tck.fuzz.Part.SNAPSHOTS;
import static io.headwater.tck.fuzz.Part.STREAM_READS;
import static io.headwater.tck.fuzz.Part.TIMES;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.tck.catalogue.support.Scripts;
import io.headwater.tck.fuzz.Fuzz;
import io.headwater.tck.fuzz.Part;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Random scripts, whose every answer must be the one of a model of the contract. Other rules look at one thing at a time;
 * these find what goes wrong when things meet. A few scripts each, as a rule is to be quick: {@link Fuzz} runs any number.
 */
final class FuzzRules {
    private static final int SCRIPTS = 8;
    private static final int LENGTH = 24;
    private static final Set<Part> SEEN_BY_ALL = EnumSet.of(APPENDS, REPEATS, STREAM_READS, LOG_READS, HIDING);

    static final RuleGroup GROUP = RuleGroup.of(
            "scripts",
            script("A3.13", "appends with any expectations have the outcomes of the contract", APPENDS),
            script("I2.10", "appends, repeats and near repeats have the outcomes of the contract", APPENDS, REPEATS),
            script(
                            "A7.14",
                            "appends to several streams have the outcomes of the contract",
                            APPENDS,
                            REPEATS,
                            SEVERAL_STREAMS)
                    .requires(Capability.MULTI_STREAM_APPEND),
            script(
                    "R3.5",
                    "any part of any stream is read correctly, in both directions",
                    APPENDS,
                    STREAM_READS,
                    HIDING),
            script("G6.18", "any part of the log is read correctly, in both directions", APPENDS, LOG_READS, TIMES),
            script(
                            "D3.10",
                            "hidden events stay hidden, whatever is called later",
                            APPENDS,
                            REPEATS,
                            STREAM_READS,
                            HIDING)
                    .requires(Capability.STREAM_ADMIN),
            script("D4.13", "scavenging removes hidden events, and no others", APPENDS, REPEATS, HIDING, SCAVENGING)
                    .requires(Capability.STREAM_ADMIN, Capability.SCAVENGE),
            script("Z1.14", "the latest snapshot is kept, whatever is saved and deleted", SNAPSHOTS)
                    .requires(Capability.SNAPSHOTS),
            script("F1.11", "streams and categories are listed with their state", APPENDS, HIDING, CATALOG)
                    .requires(Capability.STREAM_CATALOG),
            script("F2.10", "series of appends have the outcomes of single appends", APPENDS, REPEATS, HIDING, BULK)
                    .requires(Capability.BULK_IMPORT),
            script("K2.37", "leases and checkpoints have the outcomes of the contract", APPENDS, CHECKPOINTS),
            repeated("T4.3", "calls have the same outcomes on either of two instances", rule -> {
                        EventStore other = rule.another();
                        check(rule, SEEN_BY_ALL, rule.store(), other);
                    })
                    .needs(Need.SECOND_INSTANCE));

    private FuzzRules() {}

    private static Rule script(String id, String sentence, Part... parts) {
        Set<Part> used = EnumSet.copyOf(Arrays.asList(parts));
        return repeated(id, sentence, rule -> check(rule, used, rule.store()));
    }

    private static void check(RuleContext rule, Set<Part> parts, EventStore... instances) {
        Scripts.check(rule, parts, SCRIPTS, LENGTH, instances);
    }
}
