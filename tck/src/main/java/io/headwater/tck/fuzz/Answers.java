package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Creates the answers of the model and of stores, with the same words for the same outcome. */
final class Answers {
    static final String STREAM_DELETED = "stream deleted";
    static final Answer DONE = Answer.of("done");
    static final Answer NO_LEASE = Answer.of("no lease to use");
    static final Answer NOT_OBSERVED = Answer.of("no lease was observed");

    private Answers() {}

    static String result(StreamId stream, long version, boolean replayed) {
        return "%s at version %s%s".formatted(Code.stream(stream), version, replayed ? ", replayed" : "");
    }

    /**
     * Describes an expectation that was not met. The reason is compared only if the contract defines it: an exact
     * expectation is not met in either case.
     */
    static String violation(StreamId stream, ExpectedVersion expected, long actual, boolean partialRepeat) {
        boolean given = partialRepeat && !ModelAppends.isExact(expected);
        return "%s expected %s, at version %s%s"
                .formatted(Code.stream(stream), Code.expected(expected), actual, given ? ", repeated in part" : "");
    }

    /** Returns a conflict; the violations may be in any order. */
    static Answer conflict(List<String> violations) {
        boolean partial = violations.stream().anyMatch(violation -> violation.endsWith("in part"));
        return Answer.of(
                partial ? "conflict, partial repeat" : "conflict",
                violations.stream().sorted().toList());
    }

    /** Returns the answer for a tombstoned stream. If the call is about several streams, any of them may be named. */
    static Answer deleted(AppendRequest request) {
        return deleted(List.of(request), request.writes().get(0).stream());
    }

    /**
     * Returns the answer to a series that ended at a tombstone. The exception does not say which append that was, so
     * the stream is compared only if every append that names it names no other stream.
     */
    static Answer deleted(List<AppendRequest> series, StreamId named) {
        boolean certain =
                series.stream().filter(request -> names(request, named)).noneMatch(AppendRequest::isMultiStream);
        return certain ? deleted(named) : Answer.of(STREAM_DELETED);
    }

    /** Returns whether an append writes or checks this stream. */
    static boolean names(AppendRequest request, StreamId stream) {
        return request.writes().stream().anyMatch(write -> write.stream().equals(stream))
                || request.checks().stream().anyMatch(check -> check.stream().equals(stream));
    }

    static Answer deleted(StreamId stream) {
        return Answer.of(STREAM_DELETED, Code.stream(stream));
    }

    static Answer slice(long version, OptionalLong next, Stream<String> events) {
        List<String> shown = events.toList();
        String summary = "version %s, next %s".formatted(version, next.isPresent() ? next.getAsLong() : "none");
        String outcome = shown.isEmpty() ? "nothing" : next.isPresent() ? "a part" : "to the end";
        return Answer.of(
                outcome, Stream.concat(Stream.of(summary), shown.stream()).toList());
    }

    static Answer yesOrNo(boolean yes) {
        return Answer.of(yes ? "yes" : "no");
    }

    /** Returns whether the series ends after this answer. */
    static boolean endsSeries(Answer answer) {
        return answer.outcome().startsWith("conflict") || answer.outcome().equals(STREAM_DELETED);
    }

    /** Returns the answer to a series, from the answers to its appends up to the one that ended it. */
    static Answer series(List<AppendRequest> requests, List<Answer> answers) {
        int last = answers.size() - 1;
        return last >= 0 && answers.get(last).outcome().equals(STREAM_DELETED)
                ? deleted(requests, requests.get(last).writes().get(0).stream())
                : series(answers);
    }

    /** Joins the answers to the appends of a series, up to the first conflict. */
    static Answer series(List<Answer> answers) {
        String outcome = answers.isEmpty()
                ? "nothing"
                : "ended by " + answers.get(answers.size() - 1).outcome();
        return Answer.of(
                outcome,
                answers.stream()
                        .map(answer -> answer.outcome() + " " + answer.details())
                        .toList());
    }

    static String neverWritten(StreamId stream, ExpectedVersion expected) {
        return "%s expected %s, never written".formatted(Code.stream(stream), Code.expected(expected));
    }

    static Answer snapshot(Optional<Snapshot> snapshot) {
        return Answer.list(snapshot.stream()
                .map(there -> "%s %s version %s, %s"
                        .formatted(
                                Code.stream(there.stream()),
                                Code.quoted(there.name()),
                                there.version(),
                                Code.payload(there.data())))
                .toList());
    }

    static String stream(StreamId stream, long version, long events, State state) {
        return "%s at version %s, %s to read, %s".formatted(Code.stream(stream), version, events, state);
    }

    static String category(String name, long streams, long events) {
        return "%s with %s streams, %s to read".formatted(Code.quoted(name), streams, events);
    }

    static String checkpoint(int partition, int mark) {
        return "partition %s at mark %s".formatted(partition, mark);
    }

    static String record(String kind, String key, Metadata fields) {
        return "%s %s %s"
                .formatted(kind, Code.quoted(key), Code.quoted(fields.entries().toString()));
    }

    static String holder(String name, String owner, long renewals) {
        return "%s held by %s, renewed %s times".formatted(Code.quoted(name), owner, renewals);
    }

    /** Joins the answers to parts of a call, each about one subscription. */
    static Answer each(List<String> names, List<Answer> answers) {
        List<String> details = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            details.add(Code.quoted(names.get(i)) + ": " + answers.get(i).outcome());
        }
        return Answer.of("each", details);
    }
}
