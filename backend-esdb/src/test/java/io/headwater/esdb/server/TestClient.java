package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.gossip.GossipGrpc;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.ClusterInfo;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** A few calls of the protocol, as a client of it makes them. */
final class TestClient implements AutoCloseable {
    static final Consumer<AppendReq.Options.Builder> ANY = options -> options.setAny(empty());
    static final Consumer<AppendReq.Options.Builder> NO_STREAM = options -> options.setNoStream(empty());

    private final ManagedChannel channel;
    private final Metadata headers = new Metadata();

    TestClient(EsdbServer server) {
        channel = NettyChannelBuilder.forAddress(EsdbServer.HOST, server.port())
                .usePlaintext()
                .build();
    }

    TestClient requiringLeader() {
        header("requires-leader", "true");
        return this;
    }

    TestClient as(String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        header("authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        return this;
    }

    private void header(String name, String value) {
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }

    ManagedChannel channel() {
        return channel;
    }

    Metadata headers() {
        Metadata copy = new Metadata();
        copy.merge(headers);
        return copy;
    }

    static Consumer<AppendReq.Options.Builder> at(long revision) {
        return options -> options.setRevision(revision);
    }

    static AppendReq.ProposedMessage event(String type) {
        return event(type, "{}");
    }

    static AppendReq.ProposedMessage event(String type, String data) {
        return AppendReq.ProposedMessage.newBuilder()
                .setId(Ids.structured(UUID.randomUUID()))
                .putMetadata("type", type)
                .putMetadata("content-type", "application/json")
                .setData(ByteString.copyFromUtf8(data))
                .build();
    }

    AppendResp append(
            String stream, Consumer<AppendReq.Options.Builder> expected, AppendReq.ProposedMessage... events) {
        try {
            return started(stream, expected, events).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StatusRuntimeException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    CompletableFuture<AppendResp> started(
            String stream, Consumer<AppendReq.Options.Builder> expected, AppendReq.ProposedMessage... events) {
        CompletableFuture<AppendResp> answer = new CompletableFuture<>();
        StreamObserver<AppendReq> requests = StreamsGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .append(new Answer<>(answer));
        AppendReq.Options.Builder options = AppendReq.Options.newBuilder().setStreamIdentifier(name(stream));
        expected.accept(options);
        requests.onNext(AppendReq.newBuilder().setOptions(options).build());
        for (AppendReq.ProposedMessage event : events) {
            requests.onNext(AppendReq.newBuilder().setProposedMessage(event).build());
        }
        requests.onCompleted();
        return answer;
    }

    Iterator<ReadResp> read(ReadReq.Options.Builder options) {
        return StreamsGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .read(ReadReq.newBuilder().setOptions(options).build());
    }

    List<String> types(String stream) {
        return types(read(stream(stream)));
    }

    static List<String> types(Iterator<ReadResp> answers) {
        List<String> types = new ArrayList<>();
        answers.forEachRemaining(answer -> {
            if (answer.hasEvent()) {
                types.add(answer.getEvent().getEvent().getMetadataOrThrow("type"));
            }
        });
        return types;
    }

    ClusterInfo gossip() {
        return GossipGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .read(empty());
    }

    static ReadReq.Options.Builder stream(String stream) {
        return options()
                .setStream(ReadReq.Options.StreamOptions.newBuilder()
                        .setStreamIdentifier(name(stream))
                        .setStart(empty()));
    }

    static ReadReq.Options.Builder all() {
        return options().setAll(ReadReq.Options.AllOptions.newBuilder().setStart(empty()));
    }

    static ReadReq.Options.Builder allOf(String streamPrefix) {
        ReadReq.Options.FilterOptions filter = ReadReq.Options.FilterOptions.newBuilder()
                .setStreamIdentifier(
                        ReadReq.Options.FilterOptions.Expression.newBuilder().addPrefix(streamPrefix))
                .setMax(1000)
                .setCheckpointIntervalMultiplier(1)
                .build();
        return all().setFilter(filter);
    }

    static ReadReq.Options.Builder allFromEnd() {
        return options().setAll(ReadReq.Options.AllOptions.newBuilder().setEnd(empty()));
    }

    static ReadReq.Options.Builder subscribing(ReadReq.Options.Builder options) {
        return options.setSubscription(ReadReq.Options.SubscriptionOptions.getDefaultInstance());
    }

    private static ReadReq.Options.Builder options() {
        return ReadReq.Options.newBuilder()
                .setCount(1000)
                .setNoFilter(empty())
                .setUuidOption(ReadReq.Options.UUIDOption.newBuilder().setStructured(empty()));
    }

    private static Shared.StreamIdentifier name(String stream) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(stream))
                .build();
    }

    private static Shared.Empty empty() {
        return Shared.Empty.getDefaultInstance();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private record Answer<T>(CompletableFuture<T> answer) implements StreamObserver<T> {
        @Override
        public void onNext(T value) {
            answer.complete(value);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            answer.completeExceptionally(new IllegalStateException("no message"));
        }
    }
}
