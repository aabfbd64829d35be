package io.headwater.spi.support;

import io.headwater.BackendFailure;
import io.headwater.InvalidRequest;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;

/**
 * Distinguishes damaged storage from invalid requests. Values check their arguments when they are constructed, and
 * throw {@link InvalidRequest}. Stored values were checked before they were written. If one is refused when it is read,
 * the storage is damaged or was written by another program, and the caller made no mistake.
 */
public final class StoredValues {
    private StoredValues() {}

    /**
     * Returns the exception to throw after constructing a stored value threw this one: a {@link BackendFailure} if the
     * value was refused, or else the same exception.
     *
     * @param what what was read, such as {@code "event at position 7"}; it must contain neither a payload nor a secret
     */
    public static RuntimeException damaged(String what, RuntimeException e) {
        return damaged(what, "check the disk, and restore a backup", e);
    }

    /**
     * Returns an exception like {@link #damaged(String, RuntimeException)} does, with a remedy of its own.
     *
     * @param remedy what the user should do
     */
    public static RuntimeException damaged(String what, String remedy, RuntimeException e) {
        if (e instanceof InvalidRequest) {
            return failure(what, String.valueOf(e.getMessage()), remedy, e);
        }
        boolean malformed = e instanceof IllegalArgumentException
                || e instanceof NullPointerException
                || e instanceof ArithmeticException
                || e instanceof IndexOutOfBoundsException
                || e instanceof DateTimeException
                || e instanceof BufferUnderflowException;
        return malformed ? failure(what, e.getClass().getSimpleName(), remedy, e) : e;
    }

    private static BackendFailure failure(String what, String why, String remedy, RuntimeException e) {
        return new BackendFailure("%s is damaged in the storage: %s; %s".formatted(what, why, remedy), e);
    }
}
