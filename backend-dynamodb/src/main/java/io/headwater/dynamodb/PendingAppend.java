package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.OperationInterrupted;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An append that a caller waits for. Its outcome is known when the slot of its ticket is decided: until then a request
 * that is still on its way could write it.
 */
final class PendingAppend {
    private final AppendRequest request;
    private final UUID commit = UUID.randomUUID();
    private final CompletableFuture<AppendOutcome> told = new CompletableFuture<>();
    private volatile boolean cancelled;
    private @Nullable AppendOutcome outcome;
    private @Nullable RuntimeException failure;

    PendingAppend(AppendRequest request) {
        this.request = request;
    }

    AppendRequest request() {
        return request;
    }

    UUID commit() {
        return commit;
    }

    /** The streams that it writes or checks. */
    List<StreamId> streams() {
        return Stream.concat(
                        request.writes().stream().map(StreamWrite::stream),
                        request.checks().stream().map(StreamCheck::stream))
                .toList();
    }

    /** About the bytes that it takes in the storage. */
    long bytes() {
        return request.writes().stream()
                .flatMap(write -> write.events().stream())
                .mapToLong(event -> event.size() + PlannedAppend.EVENT_OVERHEAD)
                .sum();
    }

    /** Its caller was interrupted: it ends, unless it may have been sent. */
    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isDecided() {
        return outcome != null || failure != null;
    }

    /** Whether those behind it in a series are not to be made. */
    boolean endsSeries() {
        return failure != null || outcome instanceof Conflict;
    }

    void decide(AppendOutcome decided) {
        outcome = decided;
        failure = null;
    }

    void fail(RuntimeException why) {
        failure = why;
    }

    /** Whether its events were written now, not before. */
    boolean isWritten() {
        return failure == null
                && outcome instanceof Appended appended
                && appended.results().stream().anyMatch(result -> !result.replayed());
    }

    /** Ends the wait of the caller. */
    void tell() {
        if (failure != null) {
            told.completeExceptionally(failure);
        } else if (outcome != null) {
            told.complete(outcome);
        }
    }

    CompletableFuture<AppendOutcome> told() {
        return told;
    }

    void failInterrupted() {
        fail(new OperationInterrupted());
    }
}
