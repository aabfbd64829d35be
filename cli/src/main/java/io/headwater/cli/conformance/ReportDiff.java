package io.headwater.cli.conformance;

import io.headwater.cli.conformance.StoredReport.StoredRule;
import io.headwater.tck.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The differences between two reports. */
public final class ReportDiff {

    /** The kinds of differences, the most severe first. */
    public enum Kind {
        /** A rule fails that did not fail, or did not exist, before. */
        NEWLY_FAILING("newly failing"),
        /** A rule passes that did not pass before. */
        NEWLY_PASSING("newly passing"),
        /** A rule has another result, and neither passes nor fails now. */
        OTHERWISE("other result"),
        /** A rule is only in the second report, and does not fail. */
        ADDED("added"),
        /** A rule is only in the first report. */
        REMOVED("removed"),
        /** The store declares something else. */
        DECLARED("declared");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * One difference.
     *
     * @param kind its kind
     * @param name a rule's id, or the name of what is declared
     * @param sentence the rule's sentence; empty for what is declared
     * @param before the value in the first report; empty if there is none
     * @param after the value in the second report; empty if there is none
     */
    public record Change(Kind kind, String name, String sentence, String before, String after) {}

    private final StoredReport before;
    private final StoredReport after;

    public ReportDiff(StoredReport before, StoredReport after) {
        this.before = before;
        this.after = after;
    }

    /** The differences by kind; kinds without differences are left out. */
    public Map<Kind, List<Change>> changes() {
        List<Change> all = new ArrayList<>();
        after.rules()
                .values()
                .forEach(rule -> compare(before.rules().get(rule.id()), rule).ifPresent(all::add));
        before.rules().values().stream()
                .filter(rule -> !after.rules().containsKey(rule.id()))
                .forEach(
                        rule -> all.add(change(Kind.REMOVED, rule, rule.status().words(), "")));
        declared(all);
        Map<Kind, List<Change>> byKind = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            List<Change> ofKind =
                    all.stream().filter(change -> change.kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                byKind.put(kind, ofKind);
            }
        }
        return byKind;
    }

    private static Optional<Change> compare(@Nullable StoredRule was, StoredRule is) {
        if (was != null && was.status() == is.status()) {
            return Optional.empty();
        }
        return Optional.of(change(
                kind(was, is),
                is,
                was == null ? "" : was.status().words(),
                is.status().words()));
    }

    private static Kind kind(@Nullable StoredRule was, StoredRule is) {
        if (is.status() == Status.FAIL) {
            return Kind.NEWLY_FAILING;
        }
        if (was == null) {
            return Kind.ADDED;
        }
        return is.status() == Status.PASS ? Kind.NEWLY_PASSING : Kind.OTHERWISE;
    }

    private static Change change(Kind kind, StoredRule rule, String was, String is) {
        return new Change(kind, rule.id(), rule.sentence(), was, is);
    }

    private void declared(List<Change> all) {
        Map<String, String> names = new LinkedHashMap<>(before.declared());
        names.putAll(after.declared());
        names.keySet().forEach(name -> {
            String was = before.declared().getOrDefault(name, "");
            String is = after.declared().getOrDefault(name, "");
            if (!was.equals(is)) {
                all.add(new Change(Kind.DECLARED, name, "", was, is));
            }
        });
    }
}
