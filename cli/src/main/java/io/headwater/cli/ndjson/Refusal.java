package io.headwater.cli.ndjson;

/** Why a line is refused, before its number is added. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
        super(reason, null, false, false);
    }
}
