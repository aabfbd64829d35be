package io.headwater;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of an operation of a store, for an {@link EventStoreListener}.
 *
 * @param backend the name of the backend, such as {@code sqlite}
 * @param operation the name of the operation, as in {@link EventStoreException#operation()}: {@code append}, {@code
 *     readStream}, {@code readLog}, {@code head}, …; for facets the type and the method, such as {@code StreamAdmin.delete}.
 *     The names are few and do not change, so they can be the label of a metric. A read of many pages is one operation for
 *     each page of the log, and for each slice of a stream
 * @param stream the stream, if the operation is about exactly one. There are many streams, so they SHOULD NOT be the label
 *     of a metric
 * @param duration the time from the call until its end
 * @param events the number of events that were to be appended, or were read; 0 for other operations and for failed reads
 * @param bytes the size of these events in bytes: type, data and metadata
 * @param outcome how the operation ended
 * @param failure what was thrown; present exactly if the outcome is {@link Outcome#FAILED}
 */
public record OperationResult(
        String backend,
        String operation,
        Optional<StreamId> stream,
        Duration duration,
        int events,
        long bytes,
        Outcome outcome,
        Optional<Throwable> failure) {

    /** How an operation ended. */
    public enum Outcome {
        /** It did what was requested. */
        SUCCEEDED,
        /** The append is a repeat: its events were stored already (I1). */
        REPEATED,
        /** An append wrote nothing, because an expected version was not met (A4). */
        CONFLICT,
        /** It threw. */
        FAILED
    }
}
