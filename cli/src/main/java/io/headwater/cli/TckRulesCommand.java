package io.headwater.cli;

import io.headwater.cli.conformance.RuleTable;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.TextTable;
import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Lists the rules of the TCK. */
@Command(
        name = "rules",
        header = "List the rules that 'tck run' checks.",
        description = "Lists the rules by group, in the order in which they are run, with what they require.",
        footer = {
            "%nExamples:",
            "  headwater tck rules",
            "  headwater tck rules --group append --group reading",
            "  headwater tck rules --json | jq -r 'select(.kind == \"REPEATED\") | .id'"
        })
final class TckRulesCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            converter = NotEmpty.class,
            description = "Only the rules of this group. Repeatable.")
    private Set<String> names = new LinkedHashSet<>();

    @Option(names = "--markdown", description = "Print a heading and a table for each group.")
    private boolean markdown;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    TckRulesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        List<RuleGroup> groups = chosen();
        try (Output out = new Output(shell, common.json())) {
            if (out.json()) {
                groups.forEach(group -> group.rules().forEach(rule -> out.object(json -> describe(group, rule, json))));
            } else if (markdown) {
                out.line(RuleTable.markdown(groups));
            } else {
                print(groups, out);
            }
        }
        return ExitCode.OK.number();
    }

    private List<RuleGroup> chosen() {
        List<RuleGroup> all = Catalogue.groups();
        List<String> known = all.stream().map(RuleGroup::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new Failure(
                    ExitCode.USAGE, "no group is called '%s'; there are: %s".formatted(name, String.join(", ", known)));
        });
        return all.stream()
                .filter(group -> names.isEmpty() || names.contains(group.name()))
                .toList();
    }

    private static void print(List<RuleGroup> groups, Output out) {
        for (RuleGroup group : groups) {
            out.line(out.paint().bold(group.name()));
            TextTable table = new TextTable("id", "level", "kind", "what holds");
            for (Rule rule : group.rules()) {
                String conditions = RuleTable.conditions(rule);
                table.row(
                        rule.id(),
                        rule.level().name(),
                        RuleTable.lower(rule.kind()),
                        rule.sentence() + (conditions.isEmpty() ? "" : " [" + conditions + "]"));
            }
            out.table(table);
            out.line("");
        }
        int rules = groups.stream().mapToInt(group -> group.rules().size()).sum();
        out.line(Figures.count(rules, "rule") + " in " + Figures.count(groups.size(), "group"));
    }

    private static void describe(RuleGroup group, Rule rule, JsonGenerator json) {
        json.writeStringProperty("id", rule.id());
        json.writeStringProperty("group", group.name());
        json.writeStringProperty("level", rule.level().name());
        json.writeStringProperty("kind", rule.kind().name());
        json.writeStringProperty("sentence", rule.sentence());
        names(json, "requires", rule.capabilities());
        names(json, "needs", rule.needs());
    }

    private static void names(JsonGenerator json, String field, Collection<? extends Enum<?>> constants) {
        json.writeArrayPropertyStart(field);
        constants.stream().map(Enum::name).sorted().forEach(json::writeString);
        json.writeEndArray();
    }
}
