package io.headwater.sqlite;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.EventStores;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * An append that stands still in the middle of its transaction, with the file's write lock held, until it is told how to go
 * on. It stands where it asks for the time.
 */
final class HeldAppend implements AutoCloseable {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CompletableFuture<Instant> time = new CompletableFuture<>();
    private final EventStore store;
    private final CompletableFuture<AppendOutcome> outcome;

    /** Returns when the append stands. */
    HeldAppend(String url, AppendRequest request) throws InterruptedException {
        store = EventStores.over("sqlite", SqliteFixture.backend(url, new StoppingClock()));
        outcome = CompletableFuture.supplyAsync(() -> store.tryAppend(request));
        reached.await();
    }

    /** Lets it commit, and returns what it is answered. */
    AppendOutcome commit() {
        time.complete(Instant.now());
        return outcome.join();
    }

    /** Lets it fail where it stands, so that its transaction is undone. */
    void rollBack() {
        time.completeExceptionally(new IllegalStateException("the test rolls it back"));
        outcome.handle((answer, failure) -> failure != null).join();
    }

    @Override
    public void close() {
        rollBack();
        store.close();
    }

    private final class StoppingClock extends Clock {
        @Override
        public Instant instant() {
            reached.countDown();
            return time.join();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
