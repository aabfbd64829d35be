package io.headwater.esdb;

import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.TombstoneReq;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The server, whichever of its nodes leads. What passes is tried again until the time of the call is over: another leader, a broken
 * connection, a request that never left. All else is thrown as {@link EsdbErrors} says, or returned.
 */
final class Server implements AutoCloseable {
    private final Call call;
    private final Discovery discovery;
    private final ConnectionCheck check;
    private final EsdbErrors errors;
    private final StreamAsk ask;
    private final Duration callTimeout;
    private final RunningSearches searches = new RunningSearches();

    Server(Call call, Discovery discovery, ConnectionCheck check, EsdbErrors errors, Duration callTimeout) {
        this.call = call;
        this.discovery = discovery;
        this.check = check;
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

    ConnectionCheck check() {
        return check;
    }

    EsdbErrors errors() {
        return errors;
    }

    Call call() {
        return call;
    }

    /** Reads a little: what another call waits for, and what has to be seen by a leader. */
    ReadAnswer look(CallContext context, ReadRequest request) {
        return read(context, List.of(request), Leader::calls, Call.Patience.SHORT)
                .get(0);
    }

    /** Reads a little from each of these, at the same time. */
    List<ReadAnswer> looks(CallContext context, List<ReadRequest> requests) {
        return read(context, requests, Leader::calls, Call.Patience.SHORT);
    }

    /** Reads many events. What is filtered may take as long as a scan of the log. */
    ReadAnswer page(CallContext context, ReadRequest request) {
        return request.isFiltered() ? scan(context, request) : scanWithinCall(context, request);
    }

    /** Reads a page and what belongs to it, at the same time. */
    List<ReadAnswer> pages(CallContext context, List<ReadRequest> requests) {
        return read(context, requests, Leader::reads, Call.Patience.CALL);
    }

    /** Searches the log for as long as it takes, also longer than the time of the call. */
    ReadAnswer scan(CallContext context, ReadRequest request) {
        return searches.during(() -> read(context, List.of(request), Leader::reads, Call.Patience.ENDLESS)
                .get(0));
    }

    RunningSearches searches() {
        return searches;
    }

    /** Searches the log within the time of the call. */
    ReadAnswer scanWithinCall(CallContext context, ReadRequest request) {
        return read(context, List.of(request), Leader::reads, Call.Patience.CALL)
                .get(0);
    }

    private List<ReadAnswer> read(
            CallContext context,
            List<ReadRequest> requests,
            Function<Leader, Connection> connection,
            Call.Patience patience) {
        return again(context, toRead(requests.get(0).subject()), leader -> {
            Connection used = connection.apply(leader);
            List<Reading> readings = requests.stream()
                    .map(request -> begin(context, used, request, patience))
                    .toList();
            return readings.stream()
                    .map(reading -> answer(context, used, reading))
                    .toList();
        });
    }

    /** A read that was begun. */
    private record Reading(ReadRequest request, ReadAnswer answer, Call.Pending pending) {}

    private Reading begin(CallContext context, Connection connection, ReadRequest request, Call.Patience patience) {
        ReadAnswer answer = new ReadAnswer(request);
        List<ReadReq> messages = List.of(request.message());
        return new Reading(
                request,
                answer,
                call.begin(context, connection, StreamsGrpc.getReadMethod(), messages, answer::take, patience));
    }

    private ReadAnswer answer(CallContext context, Connection connection, Reading reading) {
        try {
            call.await(context, reading.pending());
        } catch (CallFailure e) {
            if (isOfTombstone(context, connection, reading.request(), e)) {
                return ReadAnswer.ofTombstonedStream(reading.request());
            }
            throw e;
        }
        if (!reading.request().isOfLog() && !reading.answer().saysSomething()) {
            throw CallFailure.withoutAnswer();
        }
        return reading.answer();
    }

    /** The server cannot say that a stream is tombstoned if its name is not ASCII, but it can say so when it is asked. */
    private boolean isOfTombstone(CallContext context, Connection connection, ReadRequest request, CallFailure e) {
        return switch (EsdbErrors.kind(e)) {
            case STREAM_DELETED -> true;
            case UNTOLD -> isToldTombstoned(context, connection, request);
            default -> false;
        };
    }

    private boolean isToldTombstoned(CallContext context, Connection connection, ReadRequest request) {
        try {
            return ask.ask(context, connection, owner(request.subject())).isTombstoned();
        } catch (CallFailure e) {
            if (EsdbErrors.kind(e) != EsdbErrors.Kind.DENIED) {
                throw e;
            }
            return isUntoldAgain(context, connection, request) && check.isAnswered(context, connection);
        }
    }

    /** Who may not ask has to conclude it: the same read is refused again, and the connection answers other reads. */
    private boolean isUntoldAgain(CallContext context, Connection connection, ReadRequest request) {
        try {
            ReadAnswer again = new ReadAnswer(request);
            call.read(
                    context,
                    connection,
                    StreamsGrpc.getReadMethod(),
                    request.message(),
                    again::take,
                    Call.Patience.SHORT);
            return false;
        } catch (CallFailure e) {
            return EsdbErrors.kind(e) == EsdbErrors.Kind.UNTOLD;
        }
    }

    /** With a stream its metadata can no longer be read, but the stream of the metadata is not tombstoned itself. */
    private static String owner(String stream) {
        return stream.startsWith(EventMessage.METADATA_STREAM)
                ? stream.substring(EventMessage.METADATA_STREAM.length())
                : stream;
    }

    /** Asks for the revision of a stream, also where it cannot be read. It counts what is not replicated, so it proves nothing. */
    StreamAsk.Answer ask(CallContext context, String stream) {
        return again(context, toWrite(stream), leader -> ask.ask(context, leader.calls(), stream));
    }

    /** Makes one attempt to append. Attempts whose request did not leave, or that a node refused because it does not lead, do not count. */
    WriteAnswer append(CallContext context, NewRecords records) {
        return write(context, toWrite(records.stream()), leader -> {
            AtomicReference<AppendResp> answer = new AtomicReference<>(AppendResp.getDefaultInstance());
            call.write(context, leader.calls(), StreamsGrpc.getAppendMethod(), records.messages(), message -> {
                answer.set(message);
                return true;
            });
            return answer(answer.get());
        });
    }

    /** Makes an attempt of each, at the same time, none of which can write. An interrupt ends them. */
    List<WriteAnswer> ask(CallContext context, List<NewRecords> all) {
        return again(context, toWrite(all.get(0).stream()), leader -> {
            List<Asking> askings =
                    all.stream().map(records -> begin(context, leader, records)).toList();
            return askings.stream()
                    .map(asking -> outcome(context, leader, asking))
                    .toList();
        });
    }

    /** An attempt that was begun. */
    private record Asking(AtomicReference<AppendResp> answer, Call.Pending pending) {}

    private Asking begin(CallContext context, Leader leader, NewRecords records) {
        AtomicReference<AppendResp> answer = new AtomicReference<>(AppendResp.getDefaultInstance());
        return new Asking(
                answer,
                call.begin(
                        context,
                        leader.calls(),
                        StreamsGrpc.getAppendMethod(),
                        records.messages(),
                        message -> {
                            answer.set(message);
                            return true;
                        },
                        Call.Patience.SHORT));
    }

    private WriteAnswer outcome(CallContext context, Leader leader, Asking asking) {
        try {
            call.await(context, asking.pending());
            return answer(asking.answer().get());
        } catch (CallFailure e) {
            return outcome(leader, e);
        }
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
        return write(context, "$d on stream '%s'".formatted(stream), leader -> {
            AtomicBoolean answered = new AtomicBoolean();
            call.write(context, leader.calls(), StreamsGrpc.getTombstoneMethod(), List.of(message), answer -> {
                answered.set(true);
                return true;
            });
            return answered.get()
                    ? new WriteAnswer.Written(revision, WriteAnswer.Written.NO_POSITION)
                    : new WriteAnswer.Unanswered(CallFailure.withoutAnswer());
        });
    }

    private WriteAnswer write(CallContext context, String need, Function<Leader, WriteAnswer> attempt) {
        return again(context, need, leader -> {
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

    /** The right that a read needs. The server does not say which is missing. */
    private static String toRead(String stream) {
        return right(stream, "$r", "$mr");
    }

    private static String toWrite(String stream) {
        return right(stream, "$w", "$mw");
    }

    private static String right(String stream, String ofStream, String ofMetadata) {
        return stream.startsWith(EventMessage.METADATA_STREAM)
                ? "%s on stream '%s'".formatted(ofMetadata, stream.substring(EventMessage.METADATA_STREAM.length()))
                : "%s on stream '%s'".formatted(ofStream, stream);
    }

    private <T> T again(CallContext context, String need, Function<Leader, T> attempt) {
        Backoff backoff = Backoff.whileUnavailable();
        while (true) {
            Leader leader = discovery.leader(context);
            try {
                return attempt.apply(leader);
            } catch (CallFailure e) {
                if (!EsdbErrors.isPassing(e)) {
                    throw errors.translate(e, need);
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
