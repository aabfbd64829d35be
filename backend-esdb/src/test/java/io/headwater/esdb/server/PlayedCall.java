package io.headwater.esdb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.kurrent.dbclient.proto.gossip.GossipGrpc;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A call of a transcript, made anew. */
final class PlayedCall {
    private record End(Status status, Metadata trailers) {}

    private static final Map<String, MethodDescriptor<?, ?>> METHODS = Map.of(
            "Streams/Append", StreamsGrpc.getAppendMethod(),
            "Streams/Read", StreamsGrpc.getReadMethod(),
            "Streams/Delete", StreamsGrpc.getDeleteMethod(),
            "Streams/Tombstone", StreamsGrpc.getTombstoneMethod(),
            "Gossip/Read", GossipGrpc.getReadMethod(),
            "ServerFeatures/GetSupportedMethods", ServerFeaturesGrpc.getGetSupportedMethodsMethod());

    private final RecordedStep step;
    private final Symbols symbols;
    private final List<Object> responses = new CopyOnWriteArrayList<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private ClientCall<Message, Message> call;

    private PlayedCall(RecordedStep step, Symbols symbols) {
        this.step = step;
        this.symbols = symbols;
    }

    @SuppressWarnings("unchecked")
    static PlayedCall start(RecordedStep step, TestClient client, Symbols symbols) {
        PlayedCall played = new PlayedCall(step, symbols);
        MethodDescriptor<Message, Message> method = (MethodDescriptor<Message, Message>) METHODS.get(step.rpc());
        played.call = client.channel().newCall(method, CallOptions.DEFAULT);
        played.call.start(played.new Listener(), client.headers());
        played.call.request(Integer.MAX_VALUE);
        MethodDescriptor.PrototypeMarshaller<Message> requests =
                (MethodDescriptor.PrototypeMarshaller<Message>) method.getRequestMarshaller();
        for (Object request : step.requests()) {
            played.call.sendMessage(
                    MessageJson.message(requests.getMessagePrototype().newBuilderForType(), request, symbols));
        }
        played.call.halfClose();
        return played;
    }

    /** Waits for the answers that were recorded, and compares. */
    void check() {
        if (step.staysOpen()) {
            await("step " + step.number())
                    .until(() -> responses.size() >= step.responses().size() || end.isDone());
        } else {
            End ended = end.join();
            assertThat(ended.status().getCode().name())
                    .as("step %s", step.number())
                    .isEqualTo(step.status());
            assertThat(String.valueOf(ended.status().getDescription())).contains(symbols.text(step.description()));
            symbols.assertSame(step.trailers(), trailers(ended.trailers()), "trailers of step " + step.number());
        }
        symbols.assertSame(step.responses(), compared(), "step " + step.number());
        call.cancel("compared", null);
    }

    /** Without what the recorder left out. */
    private List<Object> compared() {
        return responses.stream()
                .filter(response -> !step.leavesOutEvents() || !((Map<?, ?>) response).containsKey("event"))
                .toList();
    }

    void awaitResponses(int count) {
        await("step " + step.number()).until(() -> responses.size() >= count);
    }

    private static Map<String, String> trailers(Metadata trailers) {
        Map<String, String> map = new TreeMap<>();
        trailers.keys().stream()
                .filter(key -> !key.startsWith("grpc-") && !key.equals("content-type"))
                .forEach(key -> map.put(key, trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER))));
        return map;
    }

    private final class Listener extends ClientCall.Listener<Message> {
        @Override
        public void onMessage(Message message) {
            responses.add(MessageJson.json(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            end.complete(new End(status, trailers));
        }
    }
}
