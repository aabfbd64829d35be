package io.headwater.esdb;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.headwater.Payload;
import io.headwater.esdb.server.EsdbServer;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Another client of the server, which knows nothing of Headwater. */
final class OtherTool implements AutoCloseable {
    private static final Shared.Empty EMPTY = Shared.Empty.getDefaultInstance();

    private final ManagedChannel channel;

    OtherTool(EsdbServer server) {
        channel =
                NettyChannelBuilder.forTarget(server.authority()).usePlaintext().build();
    }

    /** Appends an event without an expectation. Returns its revision. */
    long append(String stream, String type, String json) {
        return append(anyTo(stream), type, json, "").getSuccess().getCurrentRevision();
    }

    /** Appends an event with metadata. Returns its place in the log. */
    long appendAt(String stream, String type, String json, String metadata) {
        return append(anyTo(stream), type, json, metadata)
                .getSuccess()
                .getPosition()
                .getCommitPosition();
    }

    private static AppendReq.Options.Builder anyTo(String stream) {
        return AppendReq.Options.newBuilder()
                .setStreamIdentifier(EventMessage.stream(stream))
                .setAny(EMPTY);
    }

    private AppendResp append(AppendReq.Options.Builder options, String type, String json, String metadata) {
        CompletableFuture<AppendResp> answer = new CompletableFuture<>();
        StreamObserver<AppendReq> request = StreamsGrpc.newStub(channel).append(new StreamObserver<>() {
            @Override
            public void onNext(AppendResp message) {
                answer.complete(message);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                // The answer came before.
            }
        });
        request.onNext(AppendReq.newBuilder().setOptions(options).build());
        request.onNext(AppendReq.newBuilder()
                .setProposedMessage(EventMessage.proposed(
                        UUID.randomUUID(), type, Payload.json(json), metadata.getBytes(StandardCharsets.UTF_8)))
                .build());
        request.onCompleted();
        return answer.orTimeout(1, TimeUnit.MINUTES).join();
    }

    /** Returns the text of the metadata of a stream. */
    String metadata(String stream) {
        ReadReq request = ReadRequest.backwards("$$" + stream).message();
        return new EventMessage(StreamsGrpc.newBlockingStub(channel)
                        .read(request)
                        .next()
                        .getEvent()
                        .getEvent())
                .data()
                .text();
    }

    /** Returns the types of all records behind a place, system records included. */
    List<String> typesBehind(long place) {
        List<String> types = new ArrayList<>();
        StreamsGrpc.newBlockingStub(channel)
                .read(ReadRequest.logForwards(place).limit(1_000_000).message())
                .forEachRemaining(
                        message -> types.add(new EventMessage(message.getEvent().getEvent()).type()));
        return types.subList(place == 0 ? 0 : 1, types.size());
    }

    /** Replaces the metadata of a stream. */
    void metadata(String stream, String json) {
        append("$$" + stream, "$metadata", json);
    }

    /** Hides all events of a stream up to a revision. */
    void hideUpTo(String stream, long revision) {
        metadata(stream, "{\"$tb\":" + (revision + 1) + "}");
    }

    /** The server's own delete, which hides the revision of the stream, too. */
    void delete(String stream) {
        StreamsGrpc.newBlockingStub(channel)
                .delete(DeleteReq.newBuilder()
                        .setOptions(DeleteReq.Options.newBuilder()
                                .setStreamIdentifier(EventMessage.stream(stream))
                                .setAny(EMPTY))
                        .build());
    }

    /** Returns the revision that the server tells when an append expects another one; it counts what cannot be read yet. */
    long toldRevision(String stream) {
        AppendReq.Options.Builder options = AppendReq.Options.newBuilder()
                .setStreamIdentifier(EventMessage.stream(stream))
                .setRevision(1L << 61);
        return append(options, "Asked", "{}", "").getWrongExpectedVersion().getCurrentRevision();
    }

    void tombstone(String stream) {
        StreamsGrpc.newBlockingStub(channel)
                .tombstone(TombstoneReq.newBuilder()
                        .setOptions(TombstoneReq.Options.newBuilder()
                                .setStreamIdentifier(EventMessage.stream(stream))
                                .setAny(EMPTY))
                        .build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
