package io.headwater.esdb.server;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import java.util.Optional;

/** Gives calls their faults and keeps track of those that are open. */
final class FaultInterceptor implements ServerInterceptor {
    private final Faults faults;

    FaultInterceptor(Faults faults) {
        this.faults = faults;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        MethodDescriptor<Q, R> method = call.getMethodDescriptor();
        Optional<Fault> fault = faults.take(Rpc.of(method.getServiceName(), method.getBareMethodName()));
        TrackedCall<Q, R> tracked = new TrackedCall<>(call, fault);
        ServerCall.Listener<Q> listener;
        if (fault.isEmpty() || fault.get().carriedOut()) {
            listener = next.startCall(tracked, headers);
        } else {
            tracked.fail();
            listener = new ServerCall.Listener<>() {};
        }
        faults.opened(tracked);
        return new SimpleForwardingServerCallListener<>(listener) {
            @Override
            public void onMessage(Q message) {
                if (message instanceof ReadReq read && read.getOptions().hasSubscription()) {
                    tracked.subscribes();
                }
                super.onMessage(message);
            }

            @Override
            public void onCancel() {
                faults.closed(tracked);
                super.onCancel();
            }

            @Override
            public void onComplete() {
                faults.closed(tracked);
                super.onComplete();
            }
        };
    }
}
