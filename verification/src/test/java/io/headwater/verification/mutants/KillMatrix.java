package io.headwater.verification.mutants;

import io.headwater.tck.catalogue.Catalogue;
import io.headwater.tck.report.Markdown;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.stream.Collectors;

/** Says which mutants each rule kills. {@link MutantsAreKilledTest} proves it; here it is only written down. */
public final class KillMatrix {
    private final List<Mutant> mutants = MutantsAreKilledTest.mutants();

    /** As a page in Markdown, for the folder {@code docs}. */
    public String page() {
        String groups = Catalogue.groups().stream().map(this::group).collect(Collectors.joining("\n"));
        return """
                # Kill matrix

                A check that cannot fail proves nothing. So the TCK is run on %s mutants: the memory backend, or the store above it,
                with one thing broken. Each names the rules that must notice, and a test runs them: every one must fail. How to add
                one is in [the page of the TCK](../tck/README.md#add-a-rule).

                Of %s rules %s kill a mutant. The others are about what lies above every store: the values of a request refuse or copy
                it before a store is called, or a URL and its options are read. No store can break these; tests of the API do.

                %s""".formatted(
                        mutants.size(),
                        Catalogue.rules().size(),
                        Catalogue.rules().size() - Unbreakable.ids().size(),
                        groups);
    }

    private String group(RuleGroup group) {
        Markdown.Table table = new Markdown.Table(List.of("rule", "what holds", "mutants that it kills"));
        for (Rule rule : group.rules()) {
            table.row(List.of(rule.id(), Markdown.text(rule.sentence()), killed(rule)));
        }
        return "## %s\n\n%s\n".formatted(group.name(), table.toString().strip());
    }

    private String killed(Rule rule) {
        if (Unbreakable.ids().contains(rule.id())) {
            return "none can be";
        }
        return mutants.stream()
                .filter(mutant -> mutant.killers().contains(rule.id()))
                .map(mutant -> Markdown.text(mutant.name()))
                .collect(Collectors.joining("; "));
    }
}
