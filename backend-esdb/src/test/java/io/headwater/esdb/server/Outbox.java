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

    /** Waits until the client can take the message. */
    synchronized void send(T message) throws Cancelled, InterruptedException {
        while (!cancelled && !observer.isReady()) {
            wait();
        }
        if (cancelled) {
            throw new Cancelled();
        }
        observer.onNext(message);
    }

    /** Stays silent until the client ends the call. */
    synchronized void waitForCancel() throws Cancelled, InterruptedException {
        while (!cancelled) {
            wait();
        }
        throw new Cancelled();
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
