package io.headwater.tck.rule;

/** The store does not do what the rule says. */
public final class RuleBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    RuleBroken(String message) {
        super(message);
    }

    RuleBroken(String message, Throwable cause) {
        super(message, cause);
    }
}
