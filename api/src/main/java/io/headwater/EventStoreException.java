package io.headwater;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one root of everything that a store throws (E1). Says which backend and operation failed, and whether calling again
 * may help. No driver's exception leaks: it is the {@linkplain #getCause() cause}. Messages hold no payloads and no secrets.
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

    /** Whether to call again. */
    public enum Retry {
        /** The same call will fail again. */
        NEVER,
        /** Nothing was written; the same call may succeed later. */
        SAFE,
        /** The append may or may not have been written; calling again with the same event ids tells (I5). */
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

    /** Whether to call again. */
    public final Retry retry() {
        return retry;
    }

    /** The name of the backend that failed; empty where no store was involved yet. */
    public final Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** The operation that failed, such as {@code append}; empty where no store was involved yet. */
    public final Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    /** The stream that the operation was about; empty where it was about none, or about several. */
    public final Optional<StreamId> affectedStream() {
        return Optional.ofNullable(affectedStream);
    }

    /**
     * For the guard around every backend: adds where this happened. The first place named stays.
     *
     * @return this
     */
    public final EventStoreException in(String backendName, String operationName) {
        return in(backendName, operationName, null);
    }

    /** As {@link #in(String, String)}, for an operation on one stream; null for none or several. */
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
