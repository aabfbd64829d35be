package io.headwater.migration.copy;

/** Another process works on this migration. Nothing was written by this one since. */
public final class AnotherMigrator extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnotherMigrator(String message) {
        super(message);
    }
}
