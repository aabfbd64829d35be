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
    private static final Duration MIN_AGE = Duration.ofMillis(250);

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

    /** When a call without an answer is given up. */
    enum Patience {
        /** After some seconds: a node that takes calls answers at once. */
        SHORT,
        /** At the end of the time of the caller's call. */
        CALL,
        /** Never: the server may have to scan the log. */
        ENDLESS
    }

    /** A read that was begun. */
    record Pending(Exchange<?, ?> exchange) {}

    /** Begins a read. It has to be awaited or abandoned. */
    <Q extends MessageLite, R> Pending begin(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            List<Q> messages,
            Predicate<R> wantsMore,
            Patience patience) {
        return new Pending(
                permitted(context, connection, method, messages, wantsMore, nanos(context, messages, patience)));
    }

    /** Waits for the end of a read. An interrupt ends it. */
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

    <Q extends MessageLite, R> void read(
            CallContext context,
            Connection connection,
            MethodDescriptor<Q, R> method,
            Q message,
            Predicate<R> wantsMore,
            Patience patience) {
        await(context, begin(context, connection, method, List.of(message), wantsMore, patience));
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
                permitted(context, connection, method, messages, wantsMore, nanos(context, messages, Patience.SHORT));
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

    private <Q, R> Exchange<Q, R> permitted(
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
    <Q, R> Exchange<Q, R> alone(
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

    private static long nanos(CallContext context, List<? extends MessageLite> messages, Patience patience) {
        if (patience == Patience.ENDLESS) {
            return NEVER;
        }
        long most = context.remainingNanos();
        if (patience == Patience.SHORT) {
            long bytes =
                    messages.stream().mapToLong(MessageLite::getSerializedSize).sum();
            most = Math.min(
                    most, SHORT.toNanos() + PER_MIB.multipliedBy(bytes >> 20).toNanos());
        }
        return Math.max(MIN_AGE.toNanos(), most);
    }
}
