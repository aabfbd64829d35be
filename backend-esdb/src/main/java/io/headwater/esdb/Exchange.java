package io.headwater.esdb;

import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call at the server: sends its messages at once, takes answers by credit, and ends when the server ends it or when enough
 * answers came.
 */
final class Exchange<Q, R> extends ClientCall.Listener<R> {
    /** A server may end the whole connection if a call is cancelled earlier, before it answered. */
    private static final Duration NO_CANCEL = Duration.ofMillis(250);

    private static final int CREDIT = 64;

    private final ClientCall<Q, R> call;
    private final Predicate<R> wantsMore;
    private final Departure departure;
    private final RunningCalls running;
    private final Runnable atEnd;
    private final CompletableFuture<Boolean> enough = new CompletableFuture<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private final long startedAt = System.nanoTime();
    private volatile boolean answered;
    private volatile boolean abandoned;

    /**
     * Prepares a call.
     *
     * @param wantsMore takes each answer, on a thread of the connection, and returns whether the next one is wanted
     * @param atEnd runs once the call is over
     */
    Exchange(ClientCall<Q, R> call, Departure departure, Predicate<R> wantsMore, RunningCalls running, Runnable atEnd) {
        this.call = call;
        this.departure = departure;
        this.wantsMore = wantsMore;
        this.running = running;
        this.atEnd = atEnd;
    }

    /** Whether the headers of a request were sent. */
    static final class Departure extends ClientStreamTracer.Factory {
        private volatile boolean left;

        boolean hasLeft() {
            return left;
        }

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void outboundHeaders() {
                    left = true;
                }
            };
        }
    }

    Exchange<Q, R> start(Metadata headers, List<Q> messages) {
        call.start(this, headers);
        call.request(CREDIT);
        try {
            messages.forEach(call::sendMessage);
            call.halfClose();
        } catch (IllegalStateException e) {
            refuseUnlessAnswered(e);
        }
        return this;
    }

    /** An answer may come before the request has ended, and with it the cancellation of the call. */
    private void refuseUnlessAnswered(IllegalStateException e) {
        if (!enough.isDone()) {
            throw e;
        }
    }

    @Override
    public void onMessage(R message) {
        answered = true;
        if (abandoned) {
            cancel("given up", null);
        } else if (!enough.isDone()) {
            take(message);
        }
    }

    private void take(R message) {
        try {
            if (wantsMore.test(message)) {
                call.request(1);
                return;
            }
            enough.complete(true);
        } catch (RuntimeException e) {
            enough.completeExceptionally(e);
        }
        cancel("has what it asked for", null);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        atEnd.run();
        closed.complete(true);
        if (status.isOk()) {
            enough.complete(true);
        } else {
            enough.completeExceptionally(new CallFailure(status, trailers, departure.hasLeft()));
        }
    }

    /** Completed when enough answers came, or the server ended the call; exceptionally with {@link CallFailure}. */
    CompletableFuture<Boolean> end() {
        return enough;
    }

    boolean hasLeft() {
        return departure.hasLeft();
    }

    /** Ends a call whose answer no caller waits for any more, as soon as that does the connection no harm. */
    void abandon(@Nullable Throwable why) {
        abandoned = true;
        long early = NO_CANCEL.toNanos() - (System.nanoTime() - startedAt);
        if (answered || early <= 0) {
            cancel("given up", why);
        } else {
            running.later(() -> cancel("given up", why), early);
        }
    }

    private void cancel(String why, @Nullable Throwable cause) {
        try {
            call.cancel(why, cause);
        } catch (RejectedExecutionException e) {
            // The store was closed, and the connection ended with all its calls.
        }
    }

    /** Ends a call at once, so that a request which has not left never leaves. Returns whether it had left. */
    boolean recall() {
        cancel("given up before it was sent", null);
        closed.join();
        return departure.hasLeft();
    }
}
