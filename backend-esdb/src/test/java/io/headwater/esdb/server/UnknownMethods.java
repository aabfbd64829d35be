package io.headwater.esdb.server;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Refuses what the server does not have, with the words of the real one. */
final class UnknownMethods extends HandlerRegistry {
    private static final MethodDescriptor.Marshaller<InputStream> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return new ByteArrayInputStream(new byte[0]);
        }
    };

    private final Profile profile;

    UnknownMethods(Profile profile) {
        this.profile = profile;
    }

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String method, String authority) {
        MethodDescriptor<InputStream, InputStream> descriptor = MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(method)
                .build();
        return ServerMethodDefinition.create(descriptor, (call, headers) -> {
            call.close(Status.UNIMPLEMENTED.withDescription(text(method)), new Metadata());
            return new ServerCall.Listener<>() {};
        });
    }

    private String text(String method) {
        String service = MethodDescriptor.extractFullServiceName(method);
        if (service != null && SupportedMethods.knows(service)) {
            return "Method is unimplemented.";
        }
        return profile.knowsUnknownServices()
                ? "Service is unimplemented."
                : "HTTP status code 404\nmissing GRPC status, inferred error from HTTP status code";
    }
}
