package io.headwater.migration.copy;

import io.headwater.LogFilter;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.spi.ChangePage;
import io.headwater.spi.Replication;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the next page of changes while the one before is applied. For one thread. */
final class ReadAhead implements AutoCloseable {
    private final Replication source;
    private final PageSize size;
    private final Patience patience;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(ReadAhead::thread);
    private Future<ChangePage> next;

    ReadAhead(Replication source, Position after, PageSize size, Patience patience) {
        this.source = source;
        this.size = size;
        this.patience = patience;
        this.next = read(after);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "headwater-migration-reader");
        thread.setDaemon(true);
        return thread;
    }

    private Future<ChangePage> read(Position after) {
        return reader.submit(() -> patience.call(() -> source.changes(after, LogFilter.all(), size.next())));
    }

    /** Waits for the next page. Must not be called after one without more. */
    ChangePage next() {
        ChangePage page = await();
        size.read(page);
        if (page.more()) {
            next = read(page.scannedTo());
        }
        return page;
    }

    private ChangePage await() {
        try {
            return next.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            if (e.getCause() instanceof Error failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterrupted();
        }
    }

    /** Ends the read in progress. */
    @Override
    public void close() {
        reader.shutdownNow();
    }
}
