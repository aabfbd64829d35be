package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.spi.CheckpointStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of {@code tail}: prints the events that a subscription delivers until there is a reason to end. */
final class Tailing {
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int BATCH = 500;
    private static final int CHECKPOINT_EVENTS = 1000;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);

    /** How long the next run waits after a kill -9: shorter than usual, because a user may be waiting. */
    private static final Duration LEASE_TERM = Duration.ofSeconds(6);

    /**
     * How long to wait for a reader of the output that does not read. {@link Termination} waits for no longer than
     * twice this time.
     */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final Shell shell;
    private final EventStore store;
    private final Output out;
    private final String title;
    private final int limit;
    private final boolean exitWhenLive;

    private final CompletableFuture<Void> live = new CompletableFuture<>();
    private final CompletableFuture<Subscription> running = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger printed = new AtomicInteger();

    Tailing(Shell shell, EventStore store, Output out, String title, int limit, boolean exitWhenLive) {
        this.shell = shell;
        this.store = store;
        this.out = out;
        this.title = title;
        this.limit = limit;
        this.exitWhenLive = exitWhenLive;
    }

    /** Returns when the run was told to end, or has reached its end; throws the failure that ended it otherwise. */
    void run(SubscriptionOptions wanted) throws IOException {
        if (LineEnds.outputEndsWithinLine()) {
            out.line("");
        }
        Subscription subscription = store.subscribeBatches(complete(wanted), this::print);
        running.complete(subscription);
        boolean stoodBy = awaitEnd(subscription);
        rethrow();
        if (!stoodBy) {
            end(subscription);
        }
    }

    /** Returns when the subscription is closed, and whether another holder ran it instead. */
    private boolean awaitEnd(Subscription subscription) {
        CompletableFuture<Void> stop = shell.termination().requested().toCompletableFuture();
        CompletableFuture<Void> ended = subscription.completion().toCompletableFuture();
        try (subscription) {
            CompletableFuture.anyOf(stop, live, ended).join();
            return subscription.state() == SubscriptionState.STANDBY;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The limit is exact, so that no event is handled that was not printed. */
    private SubscriptionOptions complete(SubscriptionOptions wanted) {
        return wanted.batchSize(limit == UNLIMITED ? BATCH : 1)
                .checkpointEvery(CHECKPOINT_EVENTS, CHECKPOINT_INTERVAL)
                .onFailure(FailurePolicy.stop())
                .leaseTerm(LEASE_TERM)
                .closeTimeout(CLOSE_TIMEOUT)
                .listener(new TailNotes(shell, title, exitWhenLive, live));
    }

    /**
     * Events count as handled when this method returns. It ends the subscription itself, which would otherwise log the
     * reason.
     */
    private void print(List<RecordedEvent> events) {
        try {
            events.forEach(out::event);
            out.flush();
        } catch (RuntimeException e) {
            failure.set(e);
            running.join().closeAsync();
            throw e;
        }
        if (printed.addAndGet(events.size()) >= limit) {
            running.join().closeAsync();
        }
    }

    private void rethrow() throws IOException {
        Throwable problem = failure.get();
        if (problem instanceof UncheckedIOException wrapped) {
            throw wrapped.getCause();
        }
        if (problem instanceof RuntimeException unexpected) {
            throw unexpected;
        }
    }

    private void end(Subscription subscription) {
        Position reached = subscription.position();
        subscription.name().ifPresent(name -> requireSaved(name, reached));
        if (printed.get() == 0 && exitWhenLive) {
            shell.note("no events to print up to " + reached);
        }
        shell.note(
                subscription.name().isPresent()
                        ? "%s continues after %s".formatted(title, reached)
                        : "continue with --after " + reached);
    }

    /** The subscription only logs a warning if its last checkpoint could not be saved. */
    private void requireSaved(String name, Position reached) {
        boolean saved = store.facet(CheckpointStore.class).stream()
                .flatMap(checkpoints -> checkpoints.load(name).stream())
                .anyMatch(checkpoint -> !reached.isAfter(checkpoint.position()));
        if (!saved) {
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "the last checkpoint of %s was not saved: some of the printed events will be printed again"
                            .formatted(title));
        }
    }
}
