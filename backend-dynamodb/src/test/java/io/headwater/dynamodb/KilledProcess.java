package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.EventStoreConfig;
import io.headwater.tck.process.JavaStoreProcess;
import io.headwater.tck.rule.StoreProcess;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that is killed now and then; another one goes on with what it did. Thread-safe. */
final class KilledProcess implements AutoCloseable {
    private final String url;
    private final AtomicInteger kills = new AtomicInteger();
    private volatile CompletableFuture<StoreProcess> running;

    KilledProcess(String url) {
        this.url = url;
        this.running = start();
    }

    private CompletableFuture<StoreProcess> start() {
        return CompletableFuture.supplyAsync(() -> JavaStoreProcess.start(EventStoreConfig.of(url)));
    }

    /** Waits for the process if it is not there yet. */
    AppendOutcome append(AppendRequest request) {
        return running.join().tryAppend(request);
    }

    void awaitStart() {
        running.join();
    }

    void kill() {
        StoreProcess killed = running.join();
        running = start();
        killed.kill();
        kills.incrementAndGet();
    }

    int kills() {
        return kills.get();
    }

    @Override
    public void close() {
        running.join().close();
    }
}
