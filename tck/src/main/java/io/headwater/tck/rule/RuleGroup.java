package io.headwater.tck.rule;

import io.headwater.Capability;
import java.util.List;

/**
 * The rules of one area.
 *
 * @param name in lower case, such as {@code append}
 * @param rules in the order in which they are run
 */
public record RuleGroup(String name, List<Rule> rules) {
    public RuleGroup {
        rules = List.copyOf(rules);
    }

    /** A group of these rules. */
    public static RuleGroup of(String name, Rule... rules) {
        return new RuleGroup(name, List.of(rules));
    }

    /** A copy whose rules also require these capabilities. */
    public RuleGroup requires(Capability... capabilities) {
        return new RuleGroup(
                name, rules.stream().map(rule -> rule.requires(capabilities)).toList());
    }

    /** A copy whose rules also need these of the storage. */
    public RuleGroup needs(Need... needs) {
        return new RuleGroup(name, rules.stream().map(rule -> rule.needs(needs)).toList());
    }
}
