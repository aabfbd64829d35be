package io.headwater.internal;

import io.headwater.BackendFailure;
import io.headwater.EventStoreException;
import io.headwater.InvalidRequest;
import io.headwater.OperationInterrupted;
import io.headwater.StoreClosed;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import io.headwater.internal.observation.Observation;
import io.headwater.spi.Backend;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What stands around every call of a backend: the closed store, the interrupted caller, the context of errors (E1, L2). */
final class Guard {
    private final String backend;
    private final boolean readOnly;
    private final Observation observation;
    private final AtomicBoolean closed = new AtomicBoolean();

    Guard(String backend, boolean readOnly, Observation observation) {
        this.backend = backend;
        this.readOnly = readOnly;
        this.observation = observation;
    }

    String backend() {
        return backend;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Throws {@link UnsupportedCapability} if the store was opened read-only (L4). */
    void refuseWriting() {
        if (readOnly) {
            throw UnsupportedCapability.readOnly();
        }
    }

    static <T> T notNull(@Nullable T value, String what) {
        if (value == null) {
            throw new InvalidRequest(what + " is null");
        }
        return value;
    }

    <T> T call(String operation, Supplier<T> work) {
        return call(operation, null, null, work);
    }

    /**
     * Makes a call of the backend, and reports it to the listener of the store.
     *
     * @param input the request or requests to append, if any
     */
    <T> T call(String operation, @Nullable StreamId stream, @Nullable Object input, Supplier<T> work) {
        return observation.isActive()
                ? observation.of(operation, stream, input, () -> local(operation, stream, work))
                : local(operation, stream, work);
    }

    /** Makes a call that does no I/O, so that it is not worth a report. */
    <T> T local(String operation, @Nullable StreamId stream, Supplier<T> work) {
        try {
            refuseWhenOver();
            return work.get();
        } catch (Exception e) {
            throw explained(known(e)).in(backend, operation, stream);
        } catch (IncompatibleClassChangeError e) {
            throw new BackendFailure(
                            "the backend was compiled for another version of headwater-api: use the version that it was made for",
                            e)
                    .in(backend, operation, stream);
        }
    }

    /** Whether a method or class of the API is missing: its version is not that of which the backend was compiled. */
    static boolean isOfAnotherVersion(LinkageError e) {
        return e instanceof IncompatibleClassChangeError
                || String.valueOf(e.getMessage()).contains("io/headwater/");
    }

    /** What a backend returned, which must be something. */
    static <T> T answered(@Nullable T answer, String method) {
        if (answer == null) {
            throw new BackendFailure("%s returned null: it must return a value or throw".formatted(method), null);
        }
        return answer;
    }

    /** Any exception, for a backend in another language may throw checked ones that are not declared. */
    static EventStoreException known(Exception e) {
        return e instanceof EventStoreException known ? known : unexpected(e);
    }

    /** Names the class only: the message of an unknown exception may hold payloads or secrets. It is in the cause. */
    static EventStoreException unexpected(@Nullable Throwable e) {
        return new BackendFailure(
                "unexpected failure: " + (e == null ? "" : e.getClass().getName()), e);
    }

    private void refuseWhenOver() {
        if (closed.get()) {
            throw new StoreClosed();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterrupted();
        }
    }

    /** A call that failed because the store was closed under it says so, unless it knows more about its outcome. */
    private EventStoreException explained(EventStoreException e) {
        boolean vague = e instanceof BackendFailure || e instanceof StoreUnavailable;
        return closed.get() && vague ? new StoreClosed(e) : e;
    }

    void close(Backend opened) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            opened.close();
        } catch (Exception e) {
            throw known(e).in(backend, "close");
        }
    }
}
