package io.headwater.esdb.server;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The answers of one call, sent as fast as its client takes them. */
final class Outbox<T> {
    /** The client ended the call. */
    static final class Cancelled extends Exception {
        private static final long serialVersionUID = 1;
    }

    private final ServerCallStreamObserver<T> observer;
    private final List<Runnable> onCancel = new ArrayList<>();
    private boolean cancelled;
    private boolean ended;
    private volatile long reached = -1;
    private volatile long stuckSince = Long.MAX_VALUE;

    Outbox(StreamObserver<T> observer) {
        this.observer = (ServerCallStreamObserver<T>) observer;
        this.observer.setOnReadyHandler(this::wake);
        this.observer.setOnCancelHandler(this::cancel);
        this.observer.setOnCloseHandler(this::cancel);
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void cancel() {
        List<Runnable> listeners;
        synchronized (this) {
            cancelled = true;
            notifyAll();
            listeners = List.copyOf(onCancel);
        }
        listeners.forEach(Runnable::run);
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** Whether the client could take a message before the time had passed. */
    synchronized boolean awaitReady(long millis) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!cancelled && !observer.isReady()) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Also called at once if the call has been cancelled. */
    void whenCancelled(Runnable action) {
        boolean already;
        synchronized (this) {
            onCancel.add(action);
            already = cancelled;
        }
        if (already) {
            action.run();
        }
    }

    /** Notes that what lies in the log below the place has been sent. */
    void reached(long place) {
        reached = place;
    }

    long reached() {
        return reached;
    }

    /** For how long the client has taken nothing that was to be sent, or nothing was to be sent at all. */
    long stuckNanos() {
        long since = stuckSince;
        return since == Long.MAX_VALUE ? 0 : System.nanoTime() - since;
    }

    /** Waits until the client can take the message. */
    synchronized void send(T message) throws Cancelled, InterruptedException {
        while (!cancelled && !observer.isReady()) {
            stuck();
        }
        stuckSince = Long.MAX_VALUE;
        if (cancelled) {
            throw new Cancelled();
        }
        observer.onNext(message);
    }

    /** Does nothing for some time. */
    synchronized void pause(long millis) throws Cancelled, InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !cancelled; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }
        if (cancelled) {
            throw new Cancelled();
        }
    }

    /** Stays silent until the client ends the call. */
    synchronized void waitForCancel() throws Cancelled, InterruptedException {
        while (!cancelled) {
            stuck();
        }
        throw new Cancelled();
    }

    private void stuck() throws InterruptedException {
        stuckSince = Math.min(stuckSince, System.nanoTime());
        wait();
    }

    synchronized void complete() {
        if (!cancelled && !ended) {
            ended = true;
            observer.onCompleted();
        }
    }

    synchronized void fail(StatusRuntimeException refusal) {
        if (!cancelled && !ended) {
            ended = true;
            observer.onError(refusal);
        }
    }
}
