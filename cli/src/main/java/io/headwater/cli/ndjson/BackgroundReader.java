package io.headwater.cli.ndjson;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input in a thread of its own, so that its consumer notices a pause, and can be stopped while it waits: a
 * read from a pipe can be neither timed nor interrupted. The thread is a daemon and reads up to one megabyte ahead.
 */
public final class BackgroundReader implements ByteSource, AutoCloseable {
    /** How long a pause lasts. Users hardly notice it, and a busy writer pauses for less. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final int PIECES = 16;
    private static final int PIECE_BYTES = 1 << 16;

    /** Opens the input, in the thread that reads it. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** What the thread delivers. */
    private sealed interface Piece {}

    private static final class Bytes implements Piece {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /** The end of the input, with the failure if it is not the regular end. */
    private record End(@Nullable Throwable problem) implements Piece {}

    /** Wakes the consumer, so that it notices the request to stop. */
    private record Stop() implements Piece {}

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean stopped;
    private @Nullable Piece piece;
    private int at;

    /** Starts the thread. */
    public BackgroundReader(Opener input) {
        thread = new Thread(() -> hand(input), "read-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void hand(Opener input) {
        try {
            pieces.put(handAllBut(input));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the end of the input. A failure here must fail in the thread that waits for the end. */
    private End handAllBut(Opener input) throws InterruptedException {
        try {
            InputStream in = input.open();
            byte[] buffer = new byte[PIECE_BYTES];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                pieces.put(new Bytes(Arrays.copyOf(buffer, count)));
            }
            return new End(null);
        } catch (IOException | RuntimeException | Error e) {
            return new End(e);
        }
    }

    /** Makes the consumer see an end after the bytes that were read so far. May be called from any thread. */
    public void stop() {
        stopping = true;
        // Wakes a consumer that waits. If the queue is full, no consumer waits.
        pieces.offer(new Stop());
    }

    @Override
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public int read(byte[] buffer, boolean wait) throws IOException {
        if (piece == null) {
            piece = next(wait);
            at = 0;
        }
        if (piece instanceof Bytes some) {
            return copy(some.bytes, buffer);
        }
        if (piece instanceof End end) {
            rethrow(end.problem());
            return -1;
        }
        return stopped ? -1 : 0;
    }

    private int copy(byte[] from, byte[] buffer) {
        int count = Math.min(buffer.length, from.length - at);
        System.arraycopy(from, at, buffer, 0, count);
        at += count;
        if (at == from.length) {
            piece = null;
        }
        return count;
    }

    /** Null if there is none, because of a stop or a pause. */
    private @Nullable Piece next(boolean wait) throws IOException {
        while (true) {
            Piece next = poll(wait);
            if (next == null && stopping) {
                stopped = true;
            }
            if (!(next instanceof Stop)) {
                return next;
            }
        }
    }

    private @Nullable Piece poll(boolean wait) throws IOException {
        try {
            if (stopping) {
                return pieces.poll();
            }
            return wait ? pieces.take() : pieces.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the thread was interrupted");
        }
    }

    private static void rethrow(@Nullable Throwable problem) throws IOException {
        if (problem instanceof IOException failed) {
            throw failed;
        }
        if (problem instanceof RuntimeException failed) {
            throw failed;
        }
        if (problem instanceof Error failed) {
            throw failed;
        }
    }

    /** Ends the thread, unless it waits for the input. Does not close the input. */
    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
