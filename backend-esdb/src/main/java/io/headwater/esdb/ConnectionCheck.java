package io.headwater.esdb;

import io.headwater.BackendFailure;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.serverfeatures.Serverfeatures.SupportedMethods;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first calls on each new connection: what server it is, and whether it still holds the store that was opened. */
final class ConnectionCheck {
    private final Call call;
    private final Namespace namespace;
    private volatile @Nullable String storeId;
    private volatile @Nullable String replaced;

    ConnectionCheck(Call call, Namespace namespace) {
        this.call = call;
        this.namespace = namespace;
    }

    /** From now on a connection has to lead to this store. */
    void expect(String id) {
        storeId = id;
    }

    /** Throws {@link CallFailure} if the connection failed, and {@link BackendFailure} if it leads to another store. */
    ServerInfo check(CallContext context, Host host, Connection connection) {
        refuseIfReplaced();
        AtomicReference<SupportedMethods> features = new AtomicReference<>(SupportedMethods.getDefaultInstance());
        call.read(
                context,
                connection,
                ServerFeaturesGrpc.getGetSupportedMethodsMethod(),
                Shared.Empty.getDefaultInstance(),
                answer -> {
                    features.set(answer);
                    return true;
                },
                Call.Patience.SHORT);
        String expected = storeId;
        if (expected != null && !expected.equals(storeAt(context, connection).orElse(""))) {
            replaced =
                    "the server at %s now holds another store than the one that was opened: close this store and open it again"
                            .formatted(host);
            refuseIfReplaced();
        }
        return new ServerInfo(features.get().getEventStoreServerVersion());
    }

    private void refuseIfReplaced() {
        String message = replaced;
        if (message != null) {
            throw new BackendFailure(message, null);
        }
    }

    /** Returns whether a read of a stream of the store itself is answered; its name is ASCII. */
    boolean isAnswered(CallContext context, Connection connection) {
        try {
            return storeAt(context, connection).isPresent();
        } catch (CallFailure e) {
            return false;
        }
    }

    private Optional<String> storeAt(CallContext context, Connection connection) {
        ReadRequest request = ReadRequest.forwards(namespace.stream(EsdbSchema.STREAM), 0);
        ReadAnswer answer = new ReadAnswer(request);
        call.read(
                context, connection, StreamsGrpc.getReadMethod(), request.message(), answer::take, Call.Patience.SHORT);
        return answer.events().stream()
                .findFirst()
                .map(event -> EsdbSchema.decode(event.getEvent()).storeId());
    }
}
