package io.headwater.spi.support;

import io.headwater.BackendFailure;
import io.headwater.InvalidRequest;
import java.nio.BufferUnderflowException;
import java.time.DateTimeException;

/**
 * Tells damage from wrong requests where values are read from storage. Values check themselves when they are made, and refuse
 * with {@link InvalidRequest} what no caller may ask for. What is stored was checked before: when it does not pass now, the
 * storage is damaged or was written by something else, and no caller is to blame.
 */
public final class StoredValues {
    private StoredValues() {}

    /**
     * What to throw when making a value of something stored threw this: {@link BackendFailure} if the value is to blame, else the
     * exception itself.
     *
     * @param what what was read, such as {@code "event at position 7"}; neither a payload nor a secret
     */
    public static RuntimeException damaged(String what, RuntimeException e) {
        return damaged(what, "check the disk, and restore a backup", e);
    }

    /**
     * As {@link #damaged(String, RuntimeException)}, for a value without which the caller can go on.
     *
     * @param remedy what to do about it
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
