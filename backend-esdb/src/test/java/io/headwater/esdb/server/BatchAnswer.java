package io.headwater.esdb.server;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.Optional;

/** The answers to appends of a batch call; refusals are told in the body. */
final class BatchAnswer {
    private static final Empty EMPTY = Empty.getDefaultInstance();

    private BatchAnswer() {}

    static BatchAppendResp.Builder of(WriteResult result, BatchedAppend append) {
        if (result instanceof WriteResult.Success success) {
            return success(success);
        }
        if (result instanceof WriteResult.WrongVersion wrong) {
            return refusal(Code.ALREADY_EXISTS, "WrongExpectedVersion", wrongVersion(wrong.current(), append));
        }
        Shared.StreamDeleted deleted = Shared.StreamDeleted.newBuilder()
                .setStreamIdentifier(Messages.stream(append.stream()))
                .build();
        return refusal(Code.NOT_FOUND, "StreamDeleted", deleted);
    }

    private static BatchAppendResp.Builder success(WriteResult.Success result) {
        BatchAppendResp.Success.Builder success = BatchAppendResp.Success.newBuilder();
        if (result.number() == Streams.NONE) {
            success.setNoStream(EMPTY);
        } else {
            success.setCurrentRevision(result.number());
        }
        if (result.position() < 0) {
            success.setNoPosition(EMPTY);
        } else {
            success.setPosition(Shared.AllStreamPosition.newBuilder()
                    .setCommitPosition(result.position())
                    .setPreparePosition(result.position()));
        }
        return BatchAppendResp.newBuilder().setSuccess(success);
    }

    private static Shared.WrongExpectedVersion wrongVersion(long current, BatchedAppend append) {
        Shared.WrongExpectedVersion.Builder wrong = Shared.WrongExpectedVersion.newBuilder();
        if (current == Streams.NONE) {
            wrong.setCurrentNoStream(EMPTY);
        } else {
            wrong.setCurrentStreamRevision(current);
        }
        if (append.expected() == Expected.NO_STREAM) {
            wrong.setExpectedNoStream(EMPTY);
        } else if (append.expected() == Expected.ANY) {
            wrong.setExpectedAny(EMPTY);
        } else if (append.expected() == Expected.STREAM_EXISTS) {
            wrong.setExpectedStreamExists(EMPTY);
        } else {
            wrong.setExpectedStreamPosition(append.expected());
        }
        return wrong.build();
    }

    static BatchAppendResp.Builder timeout() {
        return refusal(Code.DEADLINE_EXCEEDED, "Timeout", Shared.Timeout.getDefaultInstance());
    }

    static BatchAppendResp.Builder accessDenied() {
        return refusal(Code.PERMISSION_DENIED, "AccessDenied", Shared.AccessDenied.getDefaultInstance());
    }

    static BatchAppendResp.Builder notReady() {
        return refusal(Code.OK, "Server Is Not Ready", EMPTY);
    }

    static BatchAppendResp.Builder badRequest(String text) {
        Shared.BadRequest details =
                Shared.BadRequest.newBuilder().setMessage(text).build();
        return refusal(Code.INVALID_ARGUMENT, "BadRequest", details);
    }

    static BatchAppendResp.Builder tooBig(int limit) {
        Shared.MaximumAppendSizeExceeded details = Shared.MaximumAppendSizeExceeded.newBuilder()
                .setMaxAppendSize(limit)
                .build();
        return refusal(Code.INVALID_ARGUMENT, "MaximumAppendSizeExceeded", details);
    }

    /** Its details are no message of these stubs. */
    static BatchAppendResp.Builder eventTooBig() {
        return refusal(Code.INVALID_ARGUMENT, "MaximumAppendEventSizeExceeded", Optional.empty());
    }

    private static BatchAppendResp.Builder refusal(Code code, String name, Message details) {
        return refusal(code, name, Optional.of(Any.pack(details)));
    }

    private static BatchAppendResp.Builder refusal(Code code, String name, Optional<Any> details) {
        Status.Builder status = Status.newBuilder().setCode(code.getNumber()).setMessage(name);
        details.ifPresent(status::addDetails);
        return BatchAppendResp.newBuilder().setError(status);
    }
}
