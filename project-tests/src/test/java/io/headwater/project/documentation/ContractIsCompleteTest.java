package io.headwater.project.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capability;
import io.headwater.EventStoreException;
import io.headwater.project.Project;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractIsCompleteTest {
    private static final Pattern RULE = Pattern.compile("(?m)^- <a id=\"([a-z]\\d+)\"></a>\\*\\*([A-Z]\\d+)\\*\\* \\S");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*.*?\\*/");
    private static final Pattern ID = Pattern.compile("\\b[ACDEFGIKLPRSTZ]\\d{1,2}\\b");

    private static final Pattern CHECKED = Pattern.compile("\"([A-Z]\\d{1,2})\\.\\d{1,2}\"");

    private final String contract = Project.read(Project.ROOT.resolve("docs/contract.md"));

    private List<String> rules() {
        return rules(contract);
    }

    private static List<String> rules(String text) {
        List<String> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(text);
        while (rule.find()) {
            assertThat(rule.group(1)).as("anchor of " + rule.group(2)).isEqualToIgnoringCase(rule.group(2));
            rules.add(rule.group(2));
        }
        return rules;
    }

    /** What holds comes first, what is planned last; a group may have rules in both parts. */
    @Test
    void rules_are_numbered_without_gaps_and_each_has_one_place() {
        List<String> rules = rules();
        assertThat(rules).doesNotHaveDuplicates();
        Map<String, TreeSet<Integer>> numbers = new TreeMap<>();
        rules.forEach(rule -> numbers.computeIfAbsent(rule.substring(0, 1), letter -> new TreeSet<>())
                .add(Integer.valueOf(rule.substring(1))));
        assertThat(numbers)
                .hasSize(14)
                .allSatisfy((letter, of) ->
                        assertThat(of.last()).as("group " + letter).isEqualTo(of.size()));
    }

    @Test
    void rules_stand_in_the_order_of_their_numbers_and_groups_in_one_place() {
        String[] parts = contract.split("\n## Planned\n", -1);
        assertThat(parts).hasSize(2).allSatisfy(part -> {
            List<String> sorted = new ArrayList<>(rules(part));
            List<String> groups = rules(part).stream()
                    .map(rule -> rule.substring(0, 1))
                    .distinct()
                    .toList();
            sorted.sort(Comparator.comparingInt((String rule) -> groups.indexOf(rule.substring(0, 1)))
                    .thenComparingInt(rule -> Integer.parseInt(rule.substring(1))));
            assertThat(rules(part)).isEqualTo(sorted);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "backend-memory", "backend-postgres", "backend-sqlite", "codec-jackson"})
    void every_rule_that_javadoc_refers_to_is_there(String module) {
        Set<String> used = new TreeSet<>();
        Project.sources(module).forEach(file -> {
            Matcher comments = COMMENT.matcher(Project.read(file));
            while (comments.find()) {
                ID.matcher(comments.group()).results().forEach(id -> used.add(id.group()));
            }
        });
        assertThat(used).isNotEmpty().isSubsetOf(rules());
    }

    @Test
    void every_rule_that_the_tck_checks_is_there() {
        Set<String> checked = new TreeSet<>();
        Project.sources("tck").stream()
                .filter(file -> file.getParent().endsWith("catalogue"))
                .forEach(file -> CHECKED.matcher(Project.read(file)).results().forEach(id -> checked.add(id.group(1))));
        assertThat(checked).isNotEmpty().isSubsetOf(rules());
    }

    @ParameterizedTest
    @EnumSource
    void every_capability_is_explained(Capability capability) {
        assertThat(contract).contains("| `" + capability + "` | ");
    }

    @Test
    void every_exception_is_explained() {
        assertThat(EventStoreException.class.getPermittedSubclasses())
                .allSatisfy(type -> assertThat(contract).contains("| `" + type.getSimpleName() + "` | "));
    }
}
