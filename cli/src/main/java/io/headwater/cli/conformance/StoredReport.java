package io.headwater.cli.conformance;

import io.headwater.tck.Status;
import java.util.Map;

/**
 * What a report says that was written to a file: as much as comparing takes.
 *
 * @param file where it was read
 * @param backend the name of the backend
 * @param declared what the store declares, in words; empty when it could not be opened
 * @param rules by id, in the order of the run
 */
public record StoredReport(String file, String backend, Map<String, String> declared, Map<String, StoredRule> rules) {

    /**
     * What became of a rule.
     *
     * @param id the rule's
     * @param group the rule's area
     * @param sentence what the rule says
     * @param status how it ended
     */
    public record StoredRule(String id, String group, String sentence, Status status) {}
}
