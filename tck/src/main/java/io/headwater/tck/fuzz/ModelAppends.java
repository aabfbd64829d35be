package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.tck.fuzz.ModelStream.PastAppend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides the model's answers to appends (A1–A7, I1–I4, D1, D2). Changes nothing. */
final class ModelAppends {
    private final Function<StreamId, ModelStream> streams;
    private final int remembered;

    ModelAppends(Function<StreamId, ModelStream> streams, int remembered) {
        this.streams = streams;
        this.remembered = remembered;
    }

    /** Returns the answer; empty if the events have to be written. */
    Optional<Answer> refusalOrReplay(AppendRequest request) {
        List<StreamId> written =
                request.writes().stream().map(StreamWrite::stream).toList();
        if (anyTombstoned(written)) {
            return Optional.of(Answers.deleted(request));
        }
        List<PastAppend> repeated = request.writes().stream()
                .flatMap(write -> repeated(write).stream())
                .toList();
        if (repeated.size() == written.size()) {
            return Optional.of(replayed(request, repeated));
        }
        if (anyTombstoned(request.checks().stream().map(StreamCheck::stream).toList())) {
            return Optional.of(Answers.deleted(request));
        }
        List<String> violations = violations(request);
        return violations.isEmpty() ? Optional.empty() : Optional.of(Answers.conflict(violations));
    }

    private boolean anyTombstoned(List<StreamId> named) {
        return named.stream().map(streams).anyMatch(ModelStream::tombstoned);
    }

    private static Answer replayed(AppendRequest request, List<PastAppend> originals) {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            StreamId stream = request.writes().get(i).stream();
            results.add(Answers.result(stream, originals.get(i).version(), true));
        }
        return Answer.of("replayed", results);
    }

    private List<String> violations(AppendRequest request) {
        Stream<String> ofWrites = request.writes().stream().flatMap(write -> violation(write).stream());
        Stream<String> ofChecks = request.checks().stream()
                .filter(check -> !accepts(check.expected(), streams.apply(check.stream())))
                .map(check -> violation(check.stream(), check.expected(), false));
        return Stream.concat(ofWrites, ofChecks).toList();
    }

    /** In a request that is not a repeat, a write that is a repeat is a conflict, too (I2). */
    private Optional<String> violation(StreamWrite write) {
        ModelStream stream = streams.apply(write.stream());
        boolean begunBefore =
                !isExact(write.expected()) && original(write, stream).isPresent();
        boolean refused = begunBefore || repeated(write).isPresent() || !accepts(write.expected(), stream);
        return refused ? Optional.of(violation(write.stream(), write.expected(), begunBefore)) : Optional.empty();
    }

    private String violation(StreamId stream, ExpectedVersion expected, boolean partialRepeat) {
        return Answers.violation(stream, expected, streams.apply(stream).version(), partialRepeat);
    }

    static boolean accepts(ExpectedVersion expected, ModelStream stream) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return stream.version() == exactly.version();
        }
        if (expected instanceof ExpectedVersion.NoStream) {
            return !stream.live();
        }
        return expected instanceof ExpectedVersion.Any || stream.live();
    }

    static boolean isExact(ExpectedVersion expected) {
        return expected instanceof ExpectedVersion.Exactly || expected instanceof ExpectedVersion.NoStream;
    }

    /**
     * Returns the append that this one repeats. An append whose exact expectation is met is not a repeat, whatever its
     * ids (I4).
     */
    private Optional<PastAppend> repeated(StreamWrite write) {
        ModelStream stream = streams.apply(write.stream());
        List<UUID> ids = ModelStream.ids(write.events());
        if (!isExact(write.expected())) {
            return original(write, stream).filter(past -> past.ids().equals(ids) && stream.isStored(past));
        }
        return accepts(write.expected(), stream)
                ? Optional.empty()
                : stream.repeatedAfter(origins(write.expected(), stream), ids);
    }

    private Optional<PastAppend> original(StreamWrite write, ModelStream stream) {
        return stream.nonExactAppend(write.events().get(0).id(), remembered);
    }

    private static List<Long> origins(ExpectedVersion expected, ModelStream stream) {
        return expected instanceof ExpectedVersion.Exactly exactly ? List.of(exactly.version()) : stream.births();
    }
}
