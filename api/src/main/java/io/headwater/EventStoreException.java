package io.headwater;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The superclass of all exceptions that a store throws (E1). It has the backend and operation that failed, and tells whether
 * the same call may succeed later. An exception of a driver is never thrown; it is the {@linkplain #getCause() cause}.
 * Messages contain no payloads and no secrets.
 */
public abstract sealed class EventStoreException extends RuntimeException
        permits AppendOutcomeUnknown,
                BackendFailure,
                ConfigurationException,
                IncompatibleStore,
                InvalidRequest,
                LimitExceeded,
                OperationInterrupted,
                StoreClosed,
                StoreMissing,
                StoreUnavailable,
                StreamDeleted,
                SubscriptionEnded,
                UnsupportedCapability,
                WrongExpectedVersion {
    private static final long serialVersionUID = 1L;

    /** Whether to repeat the call that failed. */
    public enum Retry {
        /** The same call will fail again. */
        NEVER,
        /** Nothing was written. The same call may succeed later. */
        SAFE,
        /** The append may or may not be stored. The same call, with the same event ids, finds out (I5). */
        OUTCOME_UNKNOWN
    }

    private final Retry retry;
    private @Nullable String backend;
    private @Nullable String operation;
    private @Nullable StreamId affectedStream;

    /** A driver may have nothing to say: that must not hide its failure behind one of this class. */
    EventStoreException(@Nullable String message, Retry retry, @Nullable Throwable cause) {
        super(ArgumentChecks.oneLine(Objects.requireNonNullElse(message, "no message")), cause);
        this.retry = retry;
    }

    /** Whether to repeat the call that failed. */
    public final Retry retry() {
        return retry;
    }

    /** The name of the backend that failed; empty if the failure was not in an open store. */
    public final Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** The operation that failed, such as {@code append}; empty if the failure was not in an open store. */
    public final Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    /** The stream that the operation was about; empty if there was none, or more than one. */
    public final Optional<StreamId> affectedStream() {
        return Optional.ofNullable(affectedStream);
    }

    /**
     * Adds the backend and operation that failed, unless they are set. For the guard around every backend.
     *
     * @return this exception
     */
    public final EventStoreException in(String backendName, String operationName) {
        return in(backendName, operationName, null);
    }

    /**
     * As {@link #in(String, String)}, for an operation on one stream.
     *
     * @param stream null if the operation was about none or several
     * @return this exception
     */
    public final EventStoreException in(String backendName, String operationName, @Nullable StreamId stream) {
        if (backend == null) {
            backend = backendName;
            operation = operationName;
            affectedStream = stream;
        }
        return this;
    }

    @Override
    public final String getMessage() {
        String message = Objects.requireNonNull(super.getMessage());
        if (backend == null) {
            return message;
        }
        boolean named = affectedStream == null || message.contains("'" + affectedStream + "'");
        return "%s (backend=%s, operation=%s%s)"
                .formatted(message, backend, operation, named ? "" : ", stream='" + affectedStream + "'");
    }
}
