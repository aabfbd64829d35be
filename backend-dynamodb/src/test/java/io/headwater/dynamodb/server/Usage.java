package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.TreeMap;

/**
 * What calls have consumed, by operation, whether they asked for it or not; those that failed count, too. Immutable.
 *
 * @param calls the number of calls of each operation
 */
public record Usage(Map<String, Long> calls, double readUnits, double writeUnits) {
    static final Usage NONE = new Usage(Map.of(), 0, 0);

    Usage plus(Call call) {
        Map<String, Long> sum = new TreeMap<>(calls);
        sum.merge(call.operation(), 1L, Long::sum);
        return new Usage(
                sum,
                readUnits + call.meter().readUnits(),
                writeUnits + call.meter().writeUnits());
    }

    /** What was consumed since an earlier state. */
    public Usage minus(Usage earlier) {
        Map<String, Long> difference = new TreeMap<>(calls);
        earlier.calls.forEach((operation, count) -> difference.merge(operation, -count, Long::sum));
        difference.values().removeIf(count -> count == 0);
        return new Usage(difference, readUnits - earlier.readUnits, writeUnits - earlier.writeUnits);
    }

    /** Of all operations together. */
    public long totalCalls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
