package io.headwater.cli.conformance;

import io.headwater.Capability;
import io.headwater.tck.report.Markdown;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rules as tables, for people to read. */
public final class RuleTable {
    private RuleTable() {}

    /** A heading and a table for each group, as {@code headwater tck rules --markdown} prints them. */
    public static String markdown(List<RuleGroup> groups) {
        return groups.stream().map(RuleTable::markdown).collect(Collectors.joining("\n\n"));
    }

    private static String markdown(RuleGroup group) {
        Markdown.Table table = new Markdown.Table(List.of("id", "what holds", "level", "kind", "requires"));
        for (Rule rule : group.rules()) {
            table.row(List.of(
                    "[%s](contract.md#%s)"
                            .formatted(rule.id(), rule.contractId().toLowerCase(Locale.ROOT)),
                    Markdown.text(rule.sentence()),
                    rule.level().name(),
                    lower(rule.kind()),
                    conditions(rule)));
        }
        return "## %s%n%n%s".formatted(group.name(), table);
    }

    /** What a rule requires: capabilities of the store, and what the TCK requires of the storage. */
    public static String conditions(Rule rule) {
        String capabilities =
                rule.capabilities().stream().sorted().map(Capability::title).collect(Collectors.joining(", "));
        String needs = rule.needs().stream().sorted().map(Need::title).collect(Collectors.joining(", "));
        return capabilities.isEmpty() || needs.isEmpty() ? capabilities + needs : capabilities + ", " + needs;
    }

    public static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
