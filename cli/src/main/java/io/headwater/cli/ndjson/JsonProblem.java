package io.headwater.cli.ndjson;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Describes a problem of JSON text in one line. */
final class JsonProblem {
    private JsonProblem() {}

    static String of(JacksonException problem) {
        if (problem instanceof StreamConstraintsException) {
            return "objects and arrays are nested more than " + StrictJson.MAX_DEPTH + " deep";
        }
        return "not valid JSON at byte %s: %s".formatted(byteNumber(problem), words(problem));
    }

    /** The parser appends further lines, and hints that are meant for programmers. */
    private static String words(JacksonException problem) {
        return String.valueOf(problem.getOriginalMessage()).split("\n| \\(start marker", 2)[0];
    }

    private static long byteNumber(JacksonException problem) {
        return problem.getLocation() == null ? 1 : problem.getLocation().getByteOffset() + 1;
    }
}
