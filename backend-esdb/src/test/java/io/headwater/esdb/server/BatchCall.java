package io.headwater.esdb.server;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Many appends on one call, told apart by correlation ids. */
final class BatchCall implements StreamObserver<BatchAppendReq> {
    private final Node node;
    private final Caller caller;
    private final CallRunner runner;
    private final BatchAnswers answers;
    private final Executor successes;
    private final Map<UUID, BatchedAppend> unfinished = new ConcurrentHashMap<>();
    private boolean failed;

    BatchCall(Node node, Caller caller, CallRunner runner, Outbox<BatchAppendResp> outbox) {
        this.node = node;
        this.caller = caller;
        this.runner = runner;
        answers = new BatchAnswers(outbox, runner.threads());
        successes = new InOrder(runner.threads());
    }

    @Override
    public void onNext(BatchAppendReq request) {
        if (failed) {
            return;
        }
        try {
            take(request);
        } catch (BadArgument e) {
            if (request.hasOptions()) {
                answer(request.getCorrelationId(), identifier(request), BatchAnswer.badRequest(e.getMessage()));
            } else {
                fail(Refusals.exceptionInHandler());
            }
        } catch (StatusRuntimeException e) {
            fail(e);
        }
    }

    private void take(BatchAppendReq request) {
        UUID id = Ids.parse(request.hasCorrelationId(), request.getCorrelationId());
        if (request.hasOptions() && !begin(id, request)) {
            return;
        }
        BatchedAppend append = unfinished.get(id);
        if (append == null || !add(id, request, append) || !request.getIsFinal()) {
            return;
        }
        unfinished.remove(id);
        answers.published();
        publish(request.getCorrelationId(), append);
    }

    private boolean begin(UUID id, BatchAppendReq request) {
        BatchAppendReq.Options options = request.getOptions();
        if (!mayWrite(identifier(request).getStreamName().toStringUtf8())) {
            answer(request.getCorrelationId(), identifier(request), BatchAnswer.accessDenied());
            return false;
        }
        if (!options.hasStreamIdentifier()) {
            answer(
                    request.getCorrelationId(),
                    identifier(request),
                    BatchAnswer.badRequest("Required field StreamIdentifier not set."));
            return false;
        }
        long millis = Math.min(millis(options), Writes.TIMEOUT_MILLIS);
        if (millis <= 0) {
            answer(request.getCorrelationId(), identifier(request), BatchAnswer.timeout());
            return false;
        }
        if (!unfinished.containsKey(id)) {
            unfinished.put(id, new BatchedAppend(options, node.profile()));
            runner.startAfter(millis, () -> giveUp(id, request));
        }
        return true;
    }

    private boolean mayWrite(String stream) {
        return node.may(caller, Rights.Right.WRITE, stream);
    }

    private static long millis(BatchAppendReq.Options options) {
        if (options.hasDeadline()) {
            Duration deadline = options.getDeadline();
            return java.time.Duration.ofSeconds(deadline.getSeconds(), deadline.getNanos())
                    .toMillis();
        }
        if (!options.hasDeadline21100()) {
            return Long.MAX_VALUE;
        }
        Timestamp deadline = options.getDeadline21100();
        Instant end = Instant.ofEpochSecond(deadline.getSeconds(), deadline.getNanos());
        return java.time.Duration.between(Instant.now(), end).toMillis();
    }

    private void giveUp(UUID id, BatchAppendReq request) {
        if (unfinished.remove(id) != null) {
            answer(request.getCorrelationId(), identifier(request), BatchAnswer.timeout());
        }
    }

    private boolean add(UUID id, BatchAppendReq request, BatchedAppend append) {
        try {
            append.add(request.getProposedMessagesList());
            return true;
        } catch (BatchedAppend.TooBig e) {
            unfinished.remove(id);
            BatchAppendResp.Builder refusal = e.ofEvent()
                    ? BatchAnswer.eventTooBig()
                    : BatchAnswer.tooBig(node.profile().maxAppendSize());
            answer(request.getCorrelationId(), Messages.stream(append.stream()), refusal);
            return false;
        }
    }

    /** Refusals are answered at once, what was written when it can be read. */
    private void publish(Shared.UUID correlation, BatchedAppend append) {
        Shared.StreamIdentifier stream = Messages.stream(append.stream());
        Writes writes = writes(correlation, stream);
        if (writes == null) {
            return;
        }
        WriteResult result = writes.started(
                append.stream(),
                append.expected(),
                append.events(),
                node.storage().batchIndexMillis());
        if (result instanceof WriteResult.Success) {
            successes.execute(() -> answerLater(correlation, stream, append, writes, result));
        } else if (result instanceof WriteResult.Dropped) {
            runner.threads().execute(() -> answerLater(correlation, stream, append, writes, result));
        } else {
            answer(correlation, stream, BatchAnswer.of(result, append));
        }
    }

    /** Null where the server takes no writes, which is told in the body. */
    private Writes writes(Shared.UUID correlation, Shared.StreamIdentifier stream) {
        try {
            return node.writes(caller);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                throw e;
            }
            answer(correlation, stream, BatchAnswer.notReady());
            return null;
        }
    }

    private void answerLater(
            Shared.UUID correlation,
            Shared.StreamIdentifier stream,
            BatchedAppend append,
            Writes writes,
            WriteResult result) {
        try {
            answer(correlation, stream, BatchAnswer.of(writes.answered(result), append));
        } catch (Writes.TimedOut e) {
            answer(correlation, stream, BatchAnswer.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Shared.StreamIdentifier identifier(BatchAppendReq request) {
        return request.getOptions().getStreamIdentifier();
    }

    private void answer(Shared.UUID correlation, Shared.StreamIdentifier stream, BatchAppendResp.Builder answer) {
        answers.send(
                answer.setCorrelationId(correlation).setStreamIdentifier(stream).build());
    }

    private void fail(StatusRuntimeException refusal) {
        failed = true;
        answers.fail(refusal);
    }

    @Override
    public void onError(Throwable cancelled) {
        failed = true;
    }

    @Override
    public void onCompleted() {
        answers.closing();
    }
}
