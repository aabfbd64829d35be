package io.headwater.tck.rule;

import io.headwater.Capability;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A property that every store has to have.
 *
 * @param id the id of the rule of the contract, and a number within it, such as {@code A4.2}
 * @param sentence what holds; "it is not true that …" describes a failure
 * @param level how strict it is
 * @param kind how it is run
 * @param capabilities if the store lacks one of these, the rule does not apply, and the refusal is checked instead
 * @param needs if the storage does not offer one of these, the rule cannot be run
 * @param check checks it
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

    /** A rule that every store MUST keep. */
    public static Rule must(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.MUST, Kind.PLAIN, Set.of(), Set.of(), check);
    }

    /** A rule that a store SHOULD keep. */
    public static Rule should(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.SHOULD, Kind.PLAIN, Set.of(), Set.of(), check);
    }

    /** A rule about concurrent calls that every store MUST keep. */
    public static Rule repeated(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.MUST, Kind.REPEATED, Set.of(), Set.of(), check);
    }

    /** A rule that every store MUST keep, and whose check closes, restarts or interrupts something. */
    public static Rule fault(String id, String sentence, Check check) {
        return new Rule(id, sentence, Level.MUST, Kind.FAULT, Set.of(), Set.of(), check);
    }

    /** A copy that also requires these capabilities. */
    public Rule requires(Capability... more) {
        Set<Capability> all = new TreeSet<>(capabilities);
        all.addAll(Set.of(more));
        return new Rule(id, sentence, level, kind, all, needs, check);
    }

    /** A copy that also needs these of the storage. */
    public Rule needs(Need... more) {
        Set<Need> all = new TreeSet<>(needs);
        all.addAll(Set.of(more));
        return new Rule(id, sentence, level, kind, capabilities, all, check);
    }

    /** The id of the rule of the contract, such as {@code A4}. */
    public String contractId() {
        return id.substring(0, id.indexOf('.'));
    }

    /** Id and sentence. */
    public String title() {
        return id + " " + sentence;
    }
}
