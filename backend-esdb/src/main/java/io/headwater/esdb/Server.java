package io.headwater.esdb;

import io.grpc.MethodDescriptor;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The server, whichever of its nodes leads. What passes is tried again until the time of the call is over: another leader, a broken
 * connection, a request that never left. All else is thrown as {@link EsdbErrors} says, or returned.
 */
final class Server implements AutoCloseable {
    private final Call call;
    private final Discovery discovery;
    private final EsdbErrors errors;
    private final StreamAsk ask;
    private final Duration callTimeout;

    Server(Call call, Discovery discovery, EsdbErrors errors, Duration callTimeout) {
        this.call = call;
        this.discovery = discovery;
        this.errors = errors;
        this.callTimeout = callTimeout;
        this.ask = new StreamAsk(call);
    }

    /** Begins a call of the store, on this thread; it has to be closed. */
    CallContext begin() {
        return new CallContext(call.running(), callTimeout);
    }

    <T> T with(Function<CallContext, T> work) {
        try (CallContext context = begin()) {
            return work.apply(context);
        }
    }

    Discovery discovery() {
        return discovery;
    }

    EsdbErrors errors() {
        return errors;
    }

    Call call() {
        return call;
    }

    /** Reads a little: what another call waits for, and what has to be seen by a leader. */
    ReadAnswer look(CallContext context, ReadRequest request) {
        return again(context, request.subject(), leader -> read(context, leader.calls(), request, call::shortly));
    }

    /** Reads a little from each of these, at the same time. */
    List<ReadAnswer> looks(CallContext context, List<ReadRequest> requests) {
        return again(context, requests.get(0).subject(), leader -> {
            List<ReadAnswer> answers = requests.stream().map(ReadAnswer::new).toList();
            List<Call.Pending> pending = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                pending.add(call.begin(
                        context,
                        leader.calls(),
                        StreamsGrpc.getReadMethod(),
                        requests.get(i).message(),
                        answers.get(i)::take));
            }
            List<ReadAnswer> checked = new ArrayList<>();
            for (int i = 0; i < requests.size(); i++) {
                Call.Pending one = pending.get(i);
                checked.add(checked(
                        context, leader.calls(), requests.get(i), answers.get(i), () -> call.await(context, one)));
            }
            return checked;
        });
    }

    /** Reads many events. What is filtered may take as long as a scan of the log. */
    ReadAnswer page(CallContext context, ReadRequest request) {
        Reading reading = request.isFiltered() ? call::forLong : call::withinCall;
        return again(context, request.subject(), leader -> read(context, leader.reads(), request, reading));
    }

    /** Searches the log for as long as it takes, also longer than the time of the call. */
    ReadAnswer scan(CallContext context, ReadRequest request) {
        return page(context, request);
    }

    /** A way of {@link Call} to read. */
    @FunctionalInterface
    private interface Reading {
        void read(
                CallContext context,
                Connection connection,
                MethodDescriptor<ReadReq, ReadResp> method,
                ReadReq message,
                Predicate<ReadResp> wantsMore);
    }

    private ReadAnswer read(CallContext context, Connection connection, ReadRequest request, Reading reading) {
        ReadAnswer answer = new ReadAnswer(request);
        return checked(
                context,
                connection,
                request,
                answer,
                () -> reading.read(
                        context, connection, StreamsGrpc.getReadMethod(), request.message(), answer::take));
    }

    private ReadAnswer checked(
            CallContext context, Connection connection, ReadRequest request, ReadAnswer answer, Runnable reading) {
        try {
            reading.run();
        } catch (CallFailure e) {
            if (isOfTombstone(context, connection, request, e)) {
                return ReadAnswer.ofTombstonedStream(request);
            }
            throw e;
        }
        if (!request.isOfLog() && !answer.saysSomething()) {
            throw CallFailure.withoutAnswer();
        }
        return answer;
    }

    /** The server cannot say that a stream is tombstoned if its name is not ASCII, but it can say so when it is asked. */
    private boolean isOfTombstone(CallContext context, Connection connection, ReadRequest request, CallFailure e) {
        return switch (EsdbErrors.kind(e)) {
            case STREAM_DELETED -> true;
            case UNTOLD -> ask.ask(context, connection, request.subject()).isTombstoned();
            default -> false;
        };
    }

    /** Asks for the revision of a stream, also where it cannot be read. It counts what is not replicated, so it proves nothing. */
    StreamAsk.Answer ask(CallContext context, String stream) {
        return again(context, stream, leader -> ask.ask(context, leader.calls(), stream));
    }

    /** Makes one attempt to append. Attempts whose request did not leave, or that a node refused because it does not lead, do not count. */
    WriteAnswer append(CallContext context, NewRecords records) {
        return write(context, records.stream(), leader -> {
            AtomicReference<AppendResp> answer = new AtomicReference<>(AppendResp.getDefaultInstance());
            call.write(context, leader.calls(), StreamsGrpc.getAppendMethod(), records.messages(), message -> {
                answer.set(message);
                return true;
            });
            return answer(answer.get());
        });
    }

    private static WriteAnswer answer(AppendResp message) {
        return switch (message.getResultCase()) {
            case SUCCESS -> {
                AppendResp.Success success = message.getSuccess();
                yield new WriteAnswer.Written(
                        success.getCurrentRevision(),
                        success.hasPosition()
                                ? success.getPosition().getCommitPosition()
                                : WriteAnswer.Written.NO_POSITION);
            }
            case WRONG_EXPECTED_VERSION -> {
                AppendResp.WrongExpectedVersion wrong = message.getWrongExpectedVersion();
                yield new WriteAnswer.Refused(
                        wrong.hasCurrentRevision() ? wrong.getCurrentRevision() : NewRecords.NO_STREAM);
            }
            case RESULT_NOT_SET -> new WriteAnswer.Unanswered(CallFailure.withoutAnswer());
        };
    }

    /** Makes one attempt to tombstone a stream at a revision; -1 if it was never written. */
    WriteAnswer tombstone(CallContext context, String stream, long revision) {
        TombstoneReq.Options.Builder options =
                TombstoneReq.Options.newBuilder().setStreamIdentifier(EventMessage.stream(stream));
        if (revision == NewRecords.NO_STREAM) {
            options.setNoStream(Shared.Empty.getDefaultInstance());
        } else {
            options.setRevision(revision);
        }
        TombstoneReq message = TombstoneReq.newBuilder().setOptions(options).build();
        return write(context, stream, leader -> {
            call.write(context, leader.calls(), StreamsGrpc.getTombstoneMethod(), List.of(message), answer -> true);
            return new WriteAnswer.Written(revision, WriteAnswer.Written.NO_POSITION);
        });
    }

    private WriteAnswer write(CallContext context, String stream, Function<Leader, WriteAnswer> attempt) {
        return again(context, stream, leader -> {
            try {
                return attempt.apply(leader);
            } catch (CallFailure e) {
                return outcome(leader, e);
            }
        });
    }

    private WriteAnswer outcome(Leader leader, CallFailure e) {
        EsdbErrors.Kind kind = EsdbErrors.kind(e);
        if (kind == EsdbErrors.Kind.STREAM_DELETED) {
            return new WriteAnswer.Tombstoned();
        }
        OptionalLong actual = EsdbErrors.actualRevision(e);
        if (kind == EsdbErrors.Kind.WRONG_VERSION && actual.isPresent()) {
            return new WriteAnswer.Refused(actual.getAsLong());
        }
        if (EsdbErrors.didNothing(e)) {
            throw e;
        }
        discovery.failed(leader, e);
        return new WriteAnswer.Unanswered(e);
    }

    private <T> T again(CallContext context, String stream, Function<Leader, T> attempt) {
        Backoff backoff = Backoff.whileUnavailable();
        while (true) {
            Leader leader = discovery.leader(context);
            try {
                return attempt.apply(leader);
            } catch (CallFailure e) {
                if (!EsdbErrors.isPassing(e)) {
                    throw errors.translate(e, "for stream '%s'".formatted(stream));
                }
                discovery.failed(leader, e);
                if (context.isOver()) {
                    throw errors.unavailable(e);
                }
            }
            backoff.pause(context);
        }
    }

    @Override
    public void close() {
        call.running().close();
        discovery.close();
    }
}
