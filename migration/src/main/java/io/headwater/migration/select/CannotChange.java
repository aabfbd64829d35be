package io.headwater.migration.select;

/** A change cannot be made in an event, so that something would be copied that should not. The message has no payload. */
public final class CannotChange extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotChange(String message) {
        super(message);
    }
}
