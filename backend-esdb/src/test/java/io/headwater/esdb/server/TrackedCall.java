package io.headwater.esdb.server;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** A call that may have a fault, and may be ended from outside. */
final class TrackedCall<Q, R> extends ForwardingServerCall<Q, R> {
    private final ServerCall<Q, R> call;
    private final Optional<Fault> fault;
    private boolean ended;
    private volatile boolean subscription;

    TrackedCall(ServerCall<Q, R> call, Optional<Fault> fault) {
        this.call = call;
        this.fault = fault;
    }

    @Override
    protected ServerCall<Q, R> delegate() {
        return call;
    }

    void subscribes() {
        subscription = true;
    }

    boolean subscription() {
        return subscription;
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
        if (!ended && fault.isEmpty()) {
            onConnection(() -> super.sendHeaders(headers));
        }
    }

    @Override
    public synchronized void sendMessage(R message) {
        if (!ended && fault.isEmpty()) {
            onConnection(() -> super.sendMessage(message));
        }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
        if (ended) {
            return;
        }
        if (fault.isEmpty()) {
            ended = true;
            onConnection(() -> super.close(status, trailers));
        } else if (!fault.get().silent()) {
            ended = true;
            onConnection(() -> super.close(fault.get().status(), fault.get().trailers()));
        }
    }

    /** Where the server has closed its connections, there is nothing left to be told. */
    private void onConnection(Runnable message) {
        try {
            message.run();
        } catch (RejectedExecutionException e) {
            ended = true;
        }
    }

    /** Ends the call with its fault. */
    void fail() {
        close(Status.OK, new Metadata());
    }

    /** Ends the call, whatever else it was to tell. */
    synchronized void end(Status status) {
        if (!ended && !isCancelled()) {
            ended = true;
            onConnection(() -> super.close(status, new Metadata()));
        }
    }
}
