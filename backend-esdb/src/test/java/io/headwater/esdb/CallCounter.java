package io.headwater.esdb;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that are made on a channel. */
final class CallCounter implements ClientInterceptor {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        calls.incrementAndGet();
        return next.newCall(method, options);
    }

    /** Returns the number of calls that this makes. */
    int of(Runnable work) {
        int before = calls.get();
        work.run();
        return calls.get() - before;
    }
}
