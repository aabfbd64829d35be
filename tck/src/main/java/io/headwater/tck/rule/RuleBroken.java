package io.headwater.tck.rule;

import org.jspecify.annotations.Nullable;

/** The store breaks a rule. */
public sealed class RuleBroken extends AssertionError permits FalseDeclaration {
    private static final long serialVersionUID = 1L;

    RuleBroken(String message) {
        super(message);
    }

    RuleBroken(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
