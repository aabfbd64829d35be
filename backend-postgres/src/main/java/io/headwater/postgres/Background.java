package io.headwater.postgres;

/** A thread that is started when it is first needed, and ended by an interrupt. */
final class Background implements AutoCloseable {
    private final Thread thread;
    private boolean started;
    private boolean closed;

    Background(String name, Work work) {
        thread = new Thread(() -> run(work), name);
        thread.setDaemon(true);
    }

    /** What the thread does, until it is interrupted. */
    interface Work {
        void run() throws InterruptedException;
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    synchronized void start() {
        if (!started && !closed) {
            started = true;
            thread.start();
        }
    }

    /** Waits until the thread has ended, unless it is the thread that calls. */
    @Override
    public void close() {
        if (!endIfStarted() || thread == Thread.currentThread()) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
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

    private synchronized boolean endIfStarted() {
        closed = true;
        thread.interrupt();
        return started;
    }
}
