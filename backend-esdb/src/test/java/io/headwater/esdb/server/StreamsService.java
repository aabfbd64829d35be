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
    private final Node node;
    private final CallRunner runner;

    StreamsService(Node node, CallRunner runner) {
        this.node = node;
        this.runner = runner;
    }

    @Override
    public void read(ReadReq request, StreamObserver<ReadResp> answers) {
        Caller caller = Caller.current();
        Outbox<ReadResp> outbox = new Outbox<>(answers);
        runner.start(outbox, () -> read(caller, request, outbox));
    }

    private void read(Caller caller, ReadReq request, Outbox<ReadResp> outbox)
            throws Outbox.Cancelled, InterruptedException {
        ReadReq.Options options = request.getOptions();
        Runnable access = () -> node.check(caller, Rights.Right.READ, streamOf(options));
        access.run();
        if (!options.hasSubscription()) {
            node.checkRead(caller);
        } else if (node.refusesSubscription(caller, fromEnd(options))) {
            outbox.send(Messages.confirmation());
            node.checkRead(caller);
        }
        new ReadCall(new Reader(node.storage(), node.profile(), access), request, outbox).run();
    }

    private static String streamOf(ReadReq.Options options) {
        return options.hasStream()
                ? options.getStream().getStreamIdentifier().getStreamName().toStringUtf8()
                : Streams.ALL;
    }

    private static boolean fromEnd(ReadReq.Options options) {
        return options.hasStream()
                ? options.getStream().hasEnd()
                : options.getAll().hasEnd();
    }

    @Override
    public StreamObserver<AppendReq> append(StreamObserver<AppendResp> answers) {
        return new AppendCall(node, Caller.current(), new Outbox<>(answers));
    }

    @Override
    public StreamObserver<BatchAppendReq> batchAppend(StreamObserver<BatchAppendResp> answers) {
        return new BatchCall(node, Caller.current(), runner, new Outbox<>(answers));
    }

    @Override
    public void delete(DeleteReq request, StreamObserver<DeleteResp> answers) {
        DeleteCall call = new DeleteCall(node, Caller.current());
        Outbox<DeleteResp> outbox = new Outbox<>(answers);
        runner.start(outbox, () -> outbox.send(call.delete(request)));
    }

    @Override
    public void tombstone(TombstoneReq request, StreamObserver<TombstoneResp> answers) {
        DeleteCall call = new DeleteCall(node, Caller.current());
        Outbox<TombstoneResp> outbox = new Outbox<>(answers);
        runner.start(outbox, () -> outbox.send(call.tombstone(request)));
    }
}
