package io.headwater.esdb;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.MethodDescriptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps the answer of one call on a channel from its caller, whatever the server does. Thread-safe. */
final class Unanswered implements ClientInterceptor {
    private final AtomicInteger before = new AtomicInteger(-1);
    private final CompletableFuture<String> begun = new CompletableFuture<>();

    /** Of the calls that begin from now on, the one with this number, from 1, gets no answer. */
    void next(int number) {
        before.set(number - 1);
    }

    /** Completed with the name of the method when the call has begun. */
    CompletableFuture<String> begun() {
        return begun;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        ClientCall<Q, R> call = next.newCall(method, options);
        if (before.getAndDecrement() != 0) {
            return call;
        }
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void request(int messages) {
                // Without credit no answer is delivered, and the call ends by its deadline or when it is cancelled.
            }

            @Override
            public void halfClose() {
                super.halfClose();
                begun.complete(method.getFullMethodName());
            }
        };
    }
}
