package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.DeleteResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneResp;

/** Deletes of both kinds. */
final class DeleteCall {
    private interface Write {
        WriteResult write(Writes writes, String stream, long expected) throws Writes.TimedOut, InterruptedException;
    }

    private final Node node;
    private final Caller caller;

    DeleteCall(Node node, Caller caller) {
        this.node = node;
        this.caller = caller;
    }

    DeleteResp delete(DeleteReq request) throws InterruptedException {
        DeleteReq.Options options = request.getOptions();
        String stream = options.getStreamIdentifier().getStreamName().toStringUtf8();
        long position = write(stream, expected(request.hasOptions(), options), Writes::delete);
        DeleteResp.Position place = DeleteResp.Position.newBuilder()
                .setCommitPosition(position)
                .setPreparePosition(position)
                .build();
        return DeleteResp.newBuilder().setPosition(place).build();
    }

    TombstoneResp tombstone(TombstoneReq request) throws InterruptedException {
        TombstoneReq.Options options = request.getOptions();
        String stream = options.getStreamIdentifier().getStreamName().toStringUtf8();
        long position = write(stream, expected(request.hasOptions(), options), Writes::tombstone);
        TombstoneResp.Position place = TombstoneResp.Position.newBuilder()
                .setCommitPosition(position)
                .setPreparePosition(position)
                .build();
        return TombstoneResp.newBuilder().setPosition(place).build();
    }

    private static long expected(boolean given, DeleteReq.Options options) {
        if (!given) {
            throw Refusals.exceptionInHandler();
        }
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> Expected.revision(options.getRevision());
            case NO_STREAM -> Expected.NO_STREAM;
            case ANY -> Expected.ANY;
            case STREAM_EXISTS -> Expected.STREAM_EXISTS;
            default -> throw Refusals.notValid("None", "DeleteReq+Types+Options+ExpectedStreamRevisionOneofCase");
        };
    }

    private static long expected(boolean given, TombstoneReq.Options options) {
        if (!given) {
            throw Refusals.exceptionInHandler();
        }
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> Expected.revision(options.getRevision());
            case NO_STREAM -> Expected.NO_STREAM;
            case ANY -> Expected.ANY;
            case STREAM_EXISTS -> Expected.STREAM_EXISTS;
            default -> throw Refusals.notValid("None", "TombstoneReq+Types+Options+ExpectedStreamRevisionOneofCase");
        };
    }

    private long write(String stream, long expected, Write write) throws InterruptedException {
        node.check(caller, Rights.Right.DELETE, stream);
        try {
            WriteResult result = write.write(node.writes(caller), stream, expected);
            if (result instanceof WriteResult.Success success) {
                return success.position();
            }
            if (result instanceof WriteResult.WrongVersion wrong) {
                throw Refusals.wrongExpectedVersion(stream, expected, wrong.current());
            }
            throw Refusals.streamDeleted(stream);
        } catch (Writes.TimedOut e) {
            throw Refusals.timedOut(e.getMessage());
        }
    }
}
