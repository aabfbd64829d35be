package io.headwater.cli.conformance;

import io.headwater.tck.Status;
import java.util.Map;

/**
 * A report that was written to a file: the parts that are compared.
 *
 * @param file the file
 * @param backend the name of the backend
 * @param declared what the store declares, in words; empty if it could not be opened
 * @param rules the rules by id, in the order of the run
 */
public record StoredReport(String file, String backend, Map<String, String> declared, Map<String, StoredRule> rules) {

    /**
     * The result of a rule.
     *
     * @param id the rule's id
     * @param group the rule's group
     * @param sentence the rule's sentence
     * @param status its result
     */
    public record StoredRule(String id, String group, String sentence, Status status) {}
}
