package io.headwater.cli.ndjson;

/** What is wrong with a line, before its number is added. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
        super(reason, null, false, false);
    }
}
