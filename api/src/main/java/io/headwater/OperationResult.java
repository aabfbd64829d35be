package io.headwater;

import java.time.Duration;
import java.util.Optional;

/**
 * How an operation of a store ended, for a {@link EventStoreListener}.
 *
 * @param backend the name of the backend, such as {@code sqlite}
 * @param operation the name of the operation, as {@link EventStoreException#operation()} has it: {@code append}, {@code readStream},
 *     {@code readLog}, {@code head}, …, and for facets the type and the method, such as {@code StreamAdmin.delete}. Stable, and few: fit
 *     for the label of a metric. Reads of many pages are one operation for each page of the log, and for each slice of a stream
 * @param stream the stream, if the operation has exactly one. Streams are many: do not make it the label of a metric
 * @param duration from the call until its end
 * @param events how many events were to be appended, or were read; 0 for other operations and for reads that failed
 * @param bytes the size of those events: type, data and metadata
 * @param outcome how it ended
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
        /** It did what it was asked for. */
        SUCCEEDED,
        /** The events of an append had been appended before (I1). */
        REPEATED,
        /** An append wrote nothing, because an expected version was not met (A4). */
        CONFLICT,
        /** It threw. */
        FAILED
    }
}
