package io.headwater.spi.support;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A daemon thread of a backend, which is started when it is first needed. Thread-safe. */
public final class BackgroundThread implements AutoCloseable {
    private final Thread thread;
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean started;

    /**
     * Creates a thread without starting it.
     *
     * @param name {@code headwater-} and the backend and purpose, such as {@code headwater-sqlite-watch}
     */
    public BackgroundThread(String name, Work work) {
        thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
    }

    /** The work of the thread. */
    @FunctionalInterface
    public interface Work {
        /**
         * Runs the work. Must return or throw soon after the thread is asked to end: the thread is interrupted, and
         * {@link #endsWithin} returns true.
         */
        void run(BackgroundThread self) throws InterruptedException;
    }

    private void run(Work work) {
        try {
            work.run(this);
        } catch (InterruptedException e) {
            // Asked to end.
        }
    }

    /** Starts the thread. Does nothing if it was started or asked to end before. */
    public synchronized void start() {
        if (!started && !isEnding()) {
            started = true;
            thread.start();
        }
    }

    /** Returns whether the thread runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Returns whether the thread was asked to end. */
    public boolean isEnding() {
        return end.getCount() == 0;
    }

    /**
     * Waits for this time, or until the thread is asked to end. An interrupt has no effect unless it comes from
     * {@link #end}, because a callback that ran on this thread may have left its interrupt flag set.
     *
     * @return whether the thread was asked to end
     */
    public boolean endsWithin(long time, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(time);
        long left = deadline - System.nanoTime();
        while (left > 0 && !isEnding()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                // Continues unless the thread was asked to end.
            }
            left = deadline - System.nanoTime();
        }
        return isEnding();
    }

    /** Asks the thread to end, and returns at once. */
    public synchronized void end() {
        end.countDown();
        thread.interrupt();
    }

    /** Asks the thread to end and waits until it has ended. Does not wait if this thread is the caller. */
    @Override
    public void close() {
        end();
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
