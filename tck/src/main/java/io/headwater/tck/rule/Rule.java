package io.headwater.tck.rule;

import io.headwater.Capability;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One property that every store must have.
 *
 * @param id the contract's rule and a number within it, as {@code A4.2}
 * @param sentence what holds, so that "it is not true that …" describes a failure
 * @param level how strictly it is meant
 * @param kind how it is run
 * @param capabilities without any of these the rule does not apply, and the refusal is checked instead
 * @param needs without any of these the rule cannot be run
 * @param check tries it
 */
public record Rule(
        String id,
        String sentence,
        Level level,
        Kind kind,
        Set<Capability> capabilities,
        Set<Need> needs,
        Check check) {
    private static final Pattern ID = Pattern.compile("[A-Z]\\d{1,2}\\.\\d{1,2}");

    public Rule {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("rule id '" + id + "' is not of the form A4.2");
        }
        capabilities = Set.copyOf(capabilities);
        needs = Set.copyOf(needs);
    }

    /** A plain rule that every store keeps. */
    public static Rule must(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.MUST, Kind.PLAIN, Set.of(), Set.of(), check);
    }

    /** A plain rule that a store keeps unless it has a reason not to. */
    public static Rule should(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.SHOULD, Kind.PLAIN, Set.of(), Set.of(), check);
    }

    /** A rule that every store keeps, about what happens at the same time. */
    public static Rule repeated(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.MUST, Kind.REPEATED, Set.of(), Set.of(), check);
    }

    /** A rule that every store keeps, and whose check closes, restarts or interrupts things. */
    public static Rule fault(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.MUST, Kind.FAULT, Set.of(), Set.of(), check);
    }

    /** A copy that applies only to stores with these capabilities, too. */
    public Rule requires(Capability... more) {
        Set<Capability> all = new TreeSet<>(capabilities);
        all.addAll(Set.of(more));
        return new Rule(id, sentence, level, kind, all, needs, check);
    }

    /** A copy that also needs this of the storage. */
    public Rule needs(Need... more) {
        Set<Need> all = new TreeSet<>(needs);
        all.addAll(Set.of(more));
        return new Rule(id, sentence, level, kind, capabilities, all, check);
    }

    /** The rule of the contract that this is a part of, as {@code A4}. */
    public String contractId() {
        return id.substring(0, id.indexOf('.'));
    }

    /** Id and sentence. */
    public String title() {
        return id + " " + sentence;
    }
}
