package io.headwater.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.tck.rule.Kind;
import io.headwater.tck.rule.Need;
import io.headwater.tck.rule.Rule;
import io.headwater.tck.rule.RuleGroup;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    /** Every id of the contract, and F1 to F5 for facets. */
    private static final Set<String> CONTRACT = Set.of(
            ("A1 A2 A3 A4 A5 A6 A7 A8 I1 I2 I3 I4 I5 I6 T1 T2 T3 T4 T5 R1 R2 R3 R4 G1 G2 G3 G4 G5 G6 G7 G8 G9 G10 C1"
                            + " C2 S1 S2 S3 S4 S5 S6 S7 S8 K1 K2 K3 K4 K5 D1 D2 D3 D4 Z1 P1 P2 P3 P4 F1 F2 F3 F4 F5 E1 E2 E3 L1 L2 L3"
                            + " L4 L5 L6")
                    .split(" "));

    /** What needs storage that was made by something else. */
    private static final Set<String> LATER = Set.of("L3");

    @Test
    void ids_are_unique() {
        assertThat(Catalogue.rules().stream().map(Rule::id)).doesNotHaveDuplicates();
    }

    @Test
    void sentences_are_unique_within_a_group() {
        for (RuleGroup group : Catalogue.groups()) {
            assertThat(group.rules().stream().map(Rule::sentence))
                    .as(group.name())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void names_of_groups_are_unique() {
        assertThat(Catalogue.groups().stream().map(RuleGroup::name)).doesNotHaveDuplicates();
    }

    @Test
    void every_rule_belongs_to_the_contract_and_every_rule_of_the_contract_has_one() {
        Set<String> checked =
                Catalogue.rules().stream().map(Rule::contractId).collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(CONTRACT);
        expected.removeAll(LATER);
        assertThat(checked).isEqualTo(expected);
    }

    @Test
    void numbers_within_a_rule_of_the_contract_have_no_gap() {
        Catalogue.rules().stream()
                .collect(Collectors.groupingBy(Rule::contractId))
                .forEach((id, rules) -> assertThat(rules.stream().map(Rule::id))
                        .containsExactlyInAnyOrderElementsOf(Stream.iterate(1, n -> n + 1)
                                .limit(rules.size())
                                .map(n -> id + "." + n)
                                .toList()));
    }

    @Test
    void whatever_restarts_the_storage_is_a_fault() {
        List<Rule> restarting = Catalogue.rules().stream()
                .filter(rule -> rule.needs().contains(Need.RESTART))
                .toList();
        assertThat(restarting).isNotEmpty().allMatch(rule -> rule.kind() == Kind.FAULT);
    }
}
