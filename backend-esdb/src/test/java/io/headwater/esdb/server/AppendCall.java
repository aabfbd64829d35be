package io.headwater.esdb.server;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import java.util.ArrayList;
import java.util.List;

/** One unary append: options, then events, each checked as it comes; written when the client has closed its side. */
final class AppendCall implements StreamObserver<AppendReq> {
    private final Node node;
    private final Caller caller;
    private final ProposedEvents proposed;
    private final Outbox<AppendResp> outbox;
    private final List<Proposed> events = new ArrayList<>();
    private AppendReq.Options options;
    private long expected;
    private boolean refused;

    AppendCall(Node node, Caller caller, Outbox<AppendResp> outbox) {
        this.node = node;
        this.caller = caller;
        this.outbox = outbox;
        proposed = new ProposedEvents(node.profile());
    }

    @Override
    public void onNext(AppendReq request) {
        if (refused) {
            return;
        }
        try {
            take(request);
        } catch (StatusRuntimeException e) {
            refuse(e);
        } catch (BadArgument e) {
            refuse(Refusals.exceptionInHandler());
        }
    }

    private void refuse(StatusRuntimeException refusal) {
        refused = true;
        outbox.fail(refusal);
    }

    private void take(AppendReq request) {
        if (options == null) {
            if (!request.hasOptions()) {
                throw Refusals.exceptionInHandler();
            }
            options = request.getOptions();
            expected = expected();
            node.check(caller, Rights.Right.WRITE, stream());
        } else if (request.hasProposedMessage()) {
            events.add(proposed.check(request.getProposedMessage()));
        } else {
            throw Refusals.exceptionInHandler();
        }
    }

    @Override
    public void onError(Throwable cancelled) {
        refused = true;
    }

    @Override
    public void onCompleted() {
        if (!refused) {
            CallRunner.run(outbox, () -> outbox.send(write()));
        }
    }

    private AppendResp write() throws InterruptedException {
        if (options == null) {
            throw Refusals.exceptionInHandler();
        }
        String stream = stream();
        try {
            WriteResult result = node.writes(caller).append(stream, expected, events);
            if (result instanceof WriteResult.Success success) {
                return AppendResp.newBuilder().setSuccess(success(success)).build();
            }
            if (result instanceof WriteResult.WrongVersion wrong) {
                return AppendResp.newBuilder()
                        .setWrongExpectedVersion(wrongVersion(wrong.current()))
                        .build();
            }
            throw Refusals.streamDeleted(stream);
        } catch (Writes.TimedOut e) {
            throw Refusals.timedOut(e.getMessage());
        }
    }

    private String stream() {
        return options.getStreamIdentifier().getStreamName().toStringUtf8();
    }

    private long expected() {
        return switch (options.getExpectedStreamRevisionCase()) {
            case REVISION -> Expected.revision(options.getRevision());
            case NO_STREAM -> Expected.NO_STREAM;
            case ANY -> Expected.ANY;
            case STREAM_EXISTS -> Expected.STREAM_EXISTS;
            default -> throw Refusals.notValid("None", "AppendReq+Types+Options+ExpectedStreamRevisionOneofCase");
        };
    }

    private static AppendResp.Success success(WriteResult.Success result) {
        AppendResp.Success.Builder success = AppendResp.Success.newBuilder();
        if (result.number() == Streams.NONE) {
            success.setNoStream(Shared.Empty.getDefaultInstance());
        } else {
            success.setCurrentRevision(result.number());
        }
        if (result.position() < 0) {
            success.setNoPosition(Shared.Empty.getDefaultInstance());
        } else {
            success.setPosition(AppendResp.Position.newBuilder()
                    .setCommitPosition(result.position())
                    .setPreparePosition(result.position()));
        }
        return success.build();
    }

    /** Told twice: as servers before 20.6.1 did, and as they do now. */
    private AppendResp.WrongExpectedVersion wrongVersion(long current) {
        Shared.Empty empty = Shared.Empty.getDefaultInstance();
        AppendResp.WrongExpectedVersion.Builder wrong = AppendResp.WrongExpectedVersion.newBuilder();
        if (current == Streams.NONE) {
            wrong.setCurrentNoStream(empty).setNoStream2060(empty);
        } else {
            wrong.setCurrentRevision(current).setCurrentRevision2060(current);
        }
        switch (options.getExpectedStreamRevisionCase()) {
            case REVISION ->
                wrong.setExpectedRevision(options.getRevision()).setExpectedRevision2060(options.getRevision());
            case NO_STREAM -> wrong.setExpectedNoStream(empty).setExpectedRevision2060(Expected.NO_STREAM);
            case STREAM_EXISTS -> wrong.setExpectedStreamExists(empty).setStreamExists2060(empty);
            default -> wrong.setExpectedAny(empty).setAny2060(empty);
        }
        return wrong.build();
    }
}
