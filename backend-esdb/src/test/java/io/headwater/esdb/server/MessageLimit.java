package io.headwater.esdb.server;

import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Refuses messages that are too long with the words of the real server. Messages are streams of bytes here. */
final class MessageLimit implements ServerInterceptor {
    static final int BYTES = 16 * 1024 * 1024 - 10_000;

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
            private boolean refused;

            @Override
            public void onMessage(Q message) {
                if (!refused && length((InputStream) message) > BYTES) {
                    refused = true;
                    super.onCancel();
                    call.close(
                            Status.RESOURCE_EXHAUSTED.withDescription(
                                    "Received message exceeds the maximum configured message size."),
                            new Metadata());
                }
                if (!refused) {
                    super.onMessage(message);
                }
            }

            @Override
            public void onHalfClose() {
                if (!refused) {
                    super.onHalfClose();
                }
            }
        };
    }

    private static int length(InputStream message) {
        try {
            return message.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
