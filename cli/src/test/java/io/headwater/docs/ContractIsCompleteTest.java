package io.headwater.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
        List<String> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(contract);
        while (rule.find()) {
            assertThat(rule.group(1)).as("anchor of " + rule.group(2)).isEqualToIgnoringCase(rule.group(2));
            rules.add(rule.group(2));
        }
        return rules;
    }

    @Test
    void rules_are_numbered_without_gaps_and_each_has_one_place() {
        String letter = "";
        int last = 0;
        Set<String> groups = new TreeSet<>();
        for (String rule : rules()) {
            if (!rule.startsWith(letter) || letter.isEmpty()) {
                letter = rule.substring(0, 1);
                last = 0;
                assertThat(groups.add(letter))
                        .as("group " + letter + " in one place")
                        .isTrue();
            }
            last++;
            assertThat(rule).isEqualTo(letter + last);
        }
        assertThat(groups).hasSize(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "backend-memory", "backend-sqlite"})
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
}
