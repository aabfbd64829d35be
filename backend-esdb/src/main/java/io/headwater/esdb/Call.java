package io.headwater.esdb;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.headwater.OperationInterrupted;
import io.headwater.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes single calls on a connection: the one place for permits, deadlines, headers, interrupts and cancellation. Failures are
 * {@link CallFailure}; {@link Server} decides what to do about them.
 */
final class Call {
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration PER_MIB = Duration.ofSeconds(1);

    /** A deadline is a cancellation, too, and MUST NOT come earlier: see {@link Exchange}. */
    private static final Duration LEAST = Duration.ofMillis(250);

    private static final long NEVER = Long.MAX_VALUE;

    private final Metadata headers;
    private final RunningCalls running;

    /** Creates an instance for calls with these headers. */
    Call(Metadata headers, RunningCalls running) {
        this.headers = headers;
        this.running = running;
    }

    RunningCalls running() {
        return running;
    }

    /** Reads with an answer soon: a look, an ask. */
    <Q extends MessageLite, R> void shortly(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore) {
        read(context, connection, method, message, wantsMore, shortNanos(context, List.of(message)));
    }

    /** Reads within the time of the call. */
    <Q, R> void withinCall(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore) {
        read(context, connection, method, message, wantsMore, Math.max(LEAST.toNanos(), context.remainingNanos()));
    }

    /** Reads for as long as it takes: the server may have to scan the log. */
    <Q, R> void forLong(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore) {
        read(context, connection, method, message, wantsMore, NEVER);
    }

    private <Q, R> void read(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore,
            long deadlineNanos) {
        await(context, new Pending(begin(context, connection, method, List.of(message), wantsMore, deadlineNanos)));
    }

    /** A read that was begun. */
    record Pending(Exchange<?, ?> exchange) {}

    /** Begins a read with an answer soon. It has to be awaited. */
    <Q extends MessageLite, R> Pending begin(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore) {
        List<Q> messages = List.of(message);
        return new Pending(
                begin(context, connection, method, messages, wantsMore, shortNanos(context, messages)));
    }

    void await(CallContext context, Pending read) {
        try {
            context.await(read.exchange().end());
        } catch (CallFailure e) {
            throw e;
        } catch (RuntimeException e) {
            read.exchange().abandon(e);
            throw e;
        }
    }

    /**
     * Writes. An interrupt ends it only before the request has left; afterwards {@link CallContext#holdInterrupts} holds.
     */
    <Q extends MessageLite, R> void write(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            List<Q> messages,
            Predicate<R> wantsMore) {
        Exchange<Q, R> exchange =
                begin(context, connection, method, messages, wantsMore, shortNanos(context, messages));
        try {
            context.await(exchange.end());
        } catch (OperationInterrupted e) {
            if (!exchange.hasLeft() && !exchange.recall()) {
                throw e;
            }
            context.holdInterrupts();
            context.await(exchange.end());
        }
    }

    private <Q, R> Exchange<Q, R> begin(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            List<Q> messages,
            Predicate<R> wantsMore,
            long deadlineNanos) {
        if (!connection.permits().acquire(context)) {
            throw new StoreUnavailable("there were too many calls at once on the connection until callTimeout", null);
        }
        return start(connection, method, messages, wantsMore, deadlineNanos, connection.permits()::release);
    }

    /** Begins a call on a connection that has no other, so that no permit is needed. */
    <Q, R> Exchange<Q, R> begin(
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore,
            Duration deadline) {
        return start(connection, method, List.of(message), wantsMore, deadline.toNanos(), () -> {});
    }

    private <Q, R> Exchange<Q, R> start(
            Connection connection,
            MethodDescriptor<Q, R> method,
            List<Q> messages,
            Predicate<R> wantsMore,
            long deadlineNanos,
            Runnable atEnd) {
        Exchange.Departure departure = new Exchange.Departure();
        CallOptions options = CallOptions.DEFAULT.withStreamTracerFactory(departure);
        if (deadlineNanos != NEVER) {
            options = options.withDeadlineAfter(deadlineNanos, TimeUnit.NANOSECONDS);
        }
        ClientCall<Q, R> call = connection.channel().newCall(method, options);
        return new Exchange<>(call, departure, wantsMore, running, atEnd).start(headers(), messages);
    }

    /** A copy, as gRPC changes it. */
    private Metadata headers() {
        Metadata copy = new Metadata();
        copy.merge(headers);
        return copy;
    }

    private static long shortNanos(CallContext context, List<? extends MessageLite> messages) {
        long bytes = messages.stream().mapToLong(MessageLite::getSerializedSize).sum();
        long nanos = SHORT.toNanos() + PER_MIB.multipliedBy(bytes >> 20).toNanos();
        return Math.max(LEAST.toNanos(), Math.min(nanos, context.remainingNanos()));
    }
}
