package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AsyncBatchHandler;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Handlers that are called for too few events or too often, and listeners that are told something else. */
final class BrokenHandling {
    static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

    private BrokenHandling() {}

    /** Calls the handler for these events only. */
    static AsyncBatchHandler only(Predicate<RecordedEvent> wanted, AsyncBatchHandler handler) {
        return events -> {
            List<RecordedEvent> passed = events.stream().filter(wanted).toList();
            return passed.isEmpty() ? DONE : handler.handle(passed);
        };
    }

    /** Calls the handler twice for batches that begin with one of these. */
    static AsyncBatchHandler twice(Predicate<RecordedEvent> which, AsyncBatchHandler handler) {
        return events -> which.test(events.get(0))
                ? handler.handle(events).thenCompose(done -> call(handler, events))
                : handler.handle(events);
    }

    static CompletionStage<?> call(AsyncBatchHandler handler, List<RecordedEvent> events) {
        try {
            return handler.handle(events);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** True the first time. */
    static <T> Predicate<T> first() {
        AtomicBoolean seen = new AtomicBoolean();
        return any -> !seen.getAndSet(true);
    }

    /** The same, and tells this first when the end of the log is reached. */
    static SubscriptionOptions telling(SubscriptionOptions options, Consumer<Position> caughtUp) {
        SubscriptionListener sound = options.listener();
        return options.listener(altered(SubscriptionListener.class, sound, "caughtUp", args -> {
            caughtUp.accept((Position) args[0]);
            sound.caughtUp((Position) args[0]);
            return null;
        }));
    }
}
