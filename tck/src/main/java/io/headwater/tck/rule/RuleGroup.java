package io.headwater.tck.rule;

import io.headwater.Capability;
import java.util.List;

/**
 * The rules of one area.
 *
 * @param name in lower case, as {@code append}
 * @param rules in the order in which to run them
 */
public record RuleGroup(String name, List<Rule> rules) {
    public RuleGroup {
        rules = List.copyOf(rules);
    }

    /** These rules. */
    public static RuleGroup of(String name, Rule... rules) {
        return new RuleGroup(name, List.of(rules));
    }

    /** A copy in which all rules require these capabilities, too. */
    public RuleGroup requires(Capability... capabilities) {
        return new RuleGroup(
                name, rules.stream().map(rule -> rule.requires(capabilities)).toList());
    }

    /** A copy in which all rules need this of the storage, too. */
    public RuleGroup needs(Need... needs) {
        return new RuleGroup(name, rules.stream().map(rule -> rule.needs(needs)).toList());
    }
}
