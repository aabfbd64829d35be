package io.headwater.esdb;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes appends on a channel fail, the next ones as they are told, and all later ones as the last says. Thread-safe. */
final class Faults implements ClientInterceptor {
    private static final long NO_REVISION = 1L << 62;

    private final Queue<Fault> next = new ArrayDeque<>();
    private final AtomicInteger appends = new AtomicInteger();
    private Supplier<Fault> otherwise = () -> Fault.NONE;

    /**
     * What becomes of an append.
     *
     * @param arrives whether the server carries it out
     * @param answer what is answered in place of the server's answer; null for nothing
     * @param status how the call ends; null for as the server ends it
     * @param between runs when the server has answered, before the caller sees it
     * @param late when the server carries out a request that did not arrive; null for never
     */
    record Fault(
            boolean arrives,
            @Nullable AppendResp answer,
            @Nullable Status status,
            Runnable between,
            @Nullable Duration late) {
        private static final Runnable NOTHING = () -> {};
        static final Fault NONE = new Fault(true, null, null, NOTHING);

        private Fault(boolean arrives, @Nullable AppendResp answer, @Nullable Status status, Runnable between) {
            this(arrives, answer, status, between, null);
        }

        static Fault late(Duration delay) {
            Status lost = Status.UNAVAILABLE.withDescription("the request is delayed");
            return new Fault(false, null, lost, NOTHING, delay);
        }

        static Fault replyLost() {
            return new Fault(true, null, Status.UNAVAILABLE.withDescription("the reply is lost"), NOTHING);
        }

        static Fault requestLost() {
            return new Fault(false, null, Status.UNAVAILABLE.withDescription("the request is lost"), NOTHING);
        }

        static Fault failed(Status status) {
            return new Fault(false, null, status, NOTHING);
        }

        static Fault withoutAnswer() {
            return new Fault(true, null, Status.OK, NOTHING);
        }

        /** Refused by a leader that has more than it has replicated. */
        static Fault refused(long revision) {
            AppendResp.WrongExpectedVersion refusal = AppendResp.WrongExpectedVersion.newBuilder()
                    .setCurrentRevision(revision)
                    .build();
            return new Fault(
                    false,
                    AppendResp.newBuilder().setWrongExpectedVersion(refusal).build(),
                    null,
                    NOTHING);
        }

        Fault after(Runnable work) {
            return new Fault(arrives, answer, status, work, late);
        }
    }

    synchronized Faults then(Fault... faults) {
        next.addAll(List.of(faults));
        return this;
    }

    Faults always(Fault fault) {
        return otherwise(() -> fault);
    }

    synchronized Faults otherwise(Supplier<Fault> faults) {
        otherwise = faults;
        return this;
    }

    private synchronized Fault fault() {
        Fault fault = next.poll();
        return fault == null ? otherwise.get() : fault;
    }

    int appends() {
        return appends.get();
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel channel) {
        ClientCall<Q, R> call = channel.newCall(method, options);
        if (!method.getFullMethodName().equals(StreamsGrpc.getAppendMethod().getFullMethodName())) {
            return call;
        }
        appends.incrementAndGet();
        Fault fault = fault();
        return fault.equals(Fault.NONE)
                ? call
                : new FaultyCall<>(
                        call, fault, messages -> send(channel.newCall(method, CallOptions.DEFAULT), messages));
    }

    /** No caller waits for the answer. */
    private static <Q, R> void send(ClientCall<Q, R> call, List<Q> messages) {
        call.start(new ClientCall.Listener<>() {}, new Metadata());
        call.request(1);
        messages.forEach(call::sendMessage);
        call.halfClose();
    }

    private static final class FaultyCall<Q, R> extends SimpleForwardingClientCall<Q, R> {
        private final Fault fault;
        private final Consumer<List<Q>> again;
        private final List<Q> messages = new ArrayList<>();

        FaultyCall(ClientCall<Q, R> call, Fault fault, Consumer<List<Q>> again) {
            super(call);
            this.fault = fault;
            this.again = again;
        }

        @Override
        public void halfClose() {
            super.halfClose();
            Duration late = fault.late();
            if (late != null) {
                CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> again.accept(messages));
            }
        }

        /** A request that does not arrive is sent as one that does nothing. */
        @Override
        @SuppressWarnings("unchecked")
        public void sendMessage(Q message) {
            AppendReq request = (AppendReq) message;
            messages.add(message);
            if (fault.arrives()) {
                super.sendMessage(message);
            } else if (request.hasOptions()) {
                AppendReq.Builder nothing = request.toBuilder();
                nothing.getOptionsBuilder().setRevision(NO_REVISION);
                super.sendMessage((Q) nothing.build());
            }
        }

        @Override
        public void start(Listener<R> listener, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<>(listener) {
                        @Override
                        @SuppressWarnings("unchecked")
                        public void onMessage(R message) {
                            fault.between().run();
                            AppendResp answer = fault.answer();
                            if (answer != null) {
                                super.onMessage((R) answer);
                            } else if (fault.status() == null) {
                                super.onMessage(message);
                            }
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            Status instead = fault.status();
                            super.onClose(instead == null ? status : instead, trailers);
                        }
                    },
                    headers);
        }
    }
}
