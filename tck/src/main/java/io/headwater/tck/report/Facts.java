package io.headwater.tck.report;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Idempotency;
import io.headwater.LogVisibility;
import io.headwater.tck.GroupResult;
import io.headwater.tck.Profile;
import io.headwater.tck.RuleResult;
import io.headwater.tck.Status;
import io.headwater.tck.TckReport;
import io.headwater.tck.TckRun;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Facts about a run and a store, as text. */
public final class Facts {
    /** Groups of which the report says how long they took. */
    private static final int LONGEST = 5;

    private Facts() {}

    /** What the report says, in a few words. */
    static String verdict(TckReport report) {
        int failed = report.with(Status.FAIL).size();
        if (failed > 0) {
            return "Not conformant: %s %s broken".formatted(failed, failed == 1 ? "rule is" : "rules are");
        }
        if (!report.provesConformance()) {
            return "Nothing failed, and not every rule was tried";
        }
        int named = report.with(Status.NOT_RUN).size();
        return named == 0 ? "Conformant" : "Conformant, but for %s rules that were not tried".formatted(named);
    }

    /** Why the storage cannot be tried for some rules, and which. */
    static Map<String, String> notTried(TckReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        report.named().forEach((reason, rules) -> facts.put(reason, ids(rules)));
        return facts;
    }

    private static String ids(List<RuleResult> results) {
        return results.stream().map(result -> result.rule().id()).collect(Collectors.joining(", "));
    }

    /** What is not as it is declared, with the rules that saw it. */
    static Map<String, String> notAsDeclared(TckReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        report.falseDeclarations().forEach((name, seen) -> facts.put(name, seenBy(name, seen)));
        return facts;
    }

    private static String seenBy(String name, List<RuleResult> seen) {
        return ids(seen) + ": " + seen.get(0).falseDeclarations().getOrDefault(name, "");
    }

    static Map<String, String> ofRun(TckReport report) {
        TckRun run = report.run();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("started", run.started().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("took", seconds(run.took()));
        facts.put("longest groups", longestGroups(report));
        facts.put("profile", lower(run.profile()));
        facts.put("seed", Long.toString(run.seed()));
        facts.put("headwater", run.headwater());
        facts.put("Java", run.java());
        facts.put("threads", threads(run));
        if (report.leftOut() > 0) {
            facts.put("rules not chosen", Integer.toString(report.leftOut()));
        }
        return facts;
    }

    private static String threads(TckRun run) {
        if (!run.virtualThreads()) {
            return "platform threads only, as Java " + run.java() + " has no virtual threads";
        }
        String again = run.profile() == Profile.QUICK ? "rules about threads" : "every rule";
        return "every rule on platform threads, and %s once more on virtual threads".formatted(again);
    }

    static Map<String, String> ofStore(TckReport report) {
        return report.store()
                .capabilities()
                .map(Facts::of)
                .orElse(Map.of("capabilities", "unknown, as the store could not be opened"));
    }

    /** What a store declares: capabilities, guarantees and limits. */
    public static Map<String, String> of(Capabilities declared) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (Capability capability : Capability.values()) {
            facts.put(capability.title(), lower(declared.support(capability)));
        }
        facts.putAll(levels(declared));
        return facts;
    }

    /** The guarantees and limits that a store declares. */
    public static Map<String, String> levels(Capabilities declared) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("repeats of 'any' appends recognised", words(declared.idempotency()));
        facts.put("append visible in the global log", words(declared.logVisibility()));
        facts.put("largest event", bytes(declared.limits().maxEventBytes()));
        facts.put("events per append", number(declared.limits().maxEventsPerAppend()));
        facts.put("largest append", bytes(declared.limits().maxAppendBytes()));
        facts.put("streams per append", number(declared.limits().maxStreamsPerAppend()));
        declared.reservedPrefix()
                .ifPresent(prefix -> facts.put("stream ids that are reserved", "those that begin with " + prefix));
        return facts;
    }

    private static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String words(Idempotency idempotency) {
        return switch (idempotency) {
            case ALWAYS -> "for ever";
            case RECENT -> "the stream's last 10";
            case BEST_EFFORT -> "usually";
        };
    }

    private static String words(LogVisibility visibility) {
        return visibility.isImmediate()
                ? "at once"
                : "within " + visibility.bound().toMillis() + " ms, normally";
    }

    private static String bytes(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String longestGroups(TckReport report) {
        return report.groups().stream()
                .sorted(Comparator.comparing(GroupResult::took).reversed())
                .limit(LONGEST)
                .map(group -> group.name() + " " + seconds(group.took()))
                .collect(Collectors.joining(", "));
    }
}
