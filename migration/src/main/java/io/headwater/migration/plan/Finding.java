package io.headwater.migration.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that the plan of a migration found.
 *
 * @param code what it is about
 * @param count how often it occurs; 0 if that is not known
 * @param examples the first few places, as texts for people; without payloads
 */
public record Finding(FindingCode code, long count, List<String> examples) {
    public Finding {
        examples = List.copyOf(examples);
    }

    /** Both lists, with one finding for each code: the numbers are those of the second. */
    public static List<Finding> merged(List<Finding> general, List<Finding> counted) {
        Map<FindingCode, Finding> all = new LinkedHashMap<>();
        general.forEach(finding -> all.put(finding.code(), finding));
        counted.forEach(finding -> all.put(finding.code(), finding));
        return List.copyOf(all.values());
    }

    /** A finding about the stores themselves, which has no count. */
    public static Finding general(FindingCode code) {
        return new Finding(code, 0, List.of());
    }
}
