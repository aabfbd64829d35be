package io.headwater.cli.plan;

/** A file is not the plan of a migration, or one that this version cannot read. The message gives the reason. */
public final class BadPlan extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadPlan(String message) {
        super(message);
    }
}
