package io.headwater.esdb.server;

import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneResp;

/** {@code event_store.client.streams.Streams}. */
final class StreamsService extends StreamsGrpc.StreamsImplBase {
    private final Storage storage;
    private final Profile profile;
    private final Writes writes;
    private final CallRunner runner;

    StreamsService(Storage storage, Profile profile, CallRunner runner) {
        this.storage = storage;
        this.profile = profile;
        this.runner = runner;
        writes = new Writes(storage);
    }

    @Override
    public void read(ReadReq request, StreamObserver<ReadResp> answers) {
        Outbox<ReadResp> outbox = new Outbox<>(answers);
        runner.start(outbox, () -> new ReadCall(storage, profile, request, outbox).run());
    }

    @Override
    public StreamObserver<AppendReq> append(StreamObserver<AppendResp> answers) {
        return new AppendCall(writes, profile, new Outbox<>(answers));
    }

    @Override
    public StreamObserver<BatchAppendReq> batchAppend(StreamObserver<BatchAppendResp> answers) {
        return new BatchCall(writes, profile, runner, new Outbox<>(answers));
    }

    @Override
    public void delete(DeleteReq request, StreamObserver<DeleteResp> answers) {
        Outbox<DeleteResp> outbox = new Outbox<>(answers);
        runner.start(outbox, () -> outbox.send(new DeleteCall(writes).delete(request)));
    }

    @Override
    public void tombstone(TombstoneReq request, StreamObserver<TombstoneResp> answers) {
        Outbox<TombstoneResp> outbox = new Outbox<>(answers);
        runner.start(outbox, () -> outbox.send(new DeleteCall(writes).tombstone(request)));
    }
}
