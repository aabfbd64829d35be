package io.headwater.esdb;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks for the revision of a stream: by an append of nothing at a revision that no stream has. The refusal tells the revision, also
 * that of a stream of which no event can be read, and nothing is written.
 */
final class StreamAsk {
    private static final long NO_STREAM_HAS = 1L << 62;
    private static final int PATIENCE_SECONDS = 10;

    private final Call call;

    StreamAsk(Call call) {
        this.call = call;
    }

    /**
     * What the server told.
     *
     * @param revision the last revision, of which some may not be replicated; -1 if there is none
     */
    record Answer(long revision, boolean isTombstoned) {}

    /** Throws {@link CallFailure} if there is no answer. */
    Answer ask(CallContext context, Connection connection, String stream) {
        AtomicReference<BatchAppendResp> answer = new AtomicReference<>(BatchAppendResp.getDefaultInstance());
        call.read(
                context,
                connection,
                StreamsGrpc.getBatchAppendMethod(),
                question(stream),
                message -> {
                    answer.set(message);
                    return false;
                },
                Call.Patience.SHORT);
        return answer(answer.get().getError());
    }

    private static BatchAppendReq question(String stream) {
        return BatchAppendReq.newBuilder()
                .setCorrelationId(
                        Shared.UUID.newBuilder().setString(UUID.randomUUID().toString()))
                .setOptions(BatchAppendReq.Options.newBuilder()
                        .setStreamIdentifier(EventMessage.stream(stream))
                        .setStreamPosition(NO_STREAM_HAS)
                        .setDeadline(Duration.newBuilder().setSeconds(PATIENCE_SECONDS)))
                .setIsFinal(true)
                .build();
    }

    private static Answer answer(Status refusal) {
        try {
            for (Any detail : refusal.getDetailsList()) {
                if (detail.is(Shared.StreamDeleted.class)) {
                    return new Answer(NewRecords.NO_STREAM, true);
                }
                if (detail.is(Shared.WrongExpectedVersion.class)) {
                    return answer(detail.unpack(Shared.WrongExpectedVersion.class));
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw CallFailure.unexpected("the answer to a question about a stream cannot be read", e);
        }
        throw CallFailure.of(refusal);
    }

    private static Answer answer(Shared.WrongExpectedVersion refusal) {
        return new Answer(
                refusal.hasCurrentStreamRevision() ? refusal.getCurrentStreamRevision() : NewRecords.NO_STREAM, false);
    }
}
