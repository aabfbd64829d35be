package io.headwater.cli.ndjson;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** What is wrong with some JSON, in one line. */
final class JsonProblem {
    private JsonProblem() {}

    static String of(JacksonException problem) {
        if (problem instanceof StreamConstraintsException) {
            return "objects and arrays lie more than " + Json.MAX_DEPTH + " deep within each other";
        }
        String text = String.valueOf(problem.getOriginalMessage());
        int lineEnd = text.indexOf('\n');
        return "not valid JSON at byte %d: %s"
                .formatted(byteNumber(problem), lineEnd < 0 ? text : text.substring(0, lineEnd));
    }

    private static long byteNumber(JacksonException problem) {
        return problem.getLocation() == null ? 1 : problem.getLocation().getByteOffset() + 1;
    }
}
