package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.AppendDecision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Appends. One to a single stream is one call of a function, which writes when the stream is as expected. When it is not, the
 * state that the function saw decides whether that is a repeat or a conflict. All others go through {@link AppendBatch}.
 */
final class AppendEvents implements BulkImport {
    private static final String APPEND = """
            SELECT o_stream_key, o_version, o_first, o_tombstoned, o_recent, o_position
            FROM ${schema}.append_v1(?, ?, ?, ?, ?, ?, ?, ?)""";

    private final Database database;
    private final AppendBatch batch;
    private final AppendSignals signals;

    AppendEvents(Database database, AppendBatch batch, AppendSignals signals) {
        this.database = database;
        this.batch = batch;
        this.signals = signals;
    }

    AppendOutcome append(AppendRequest request) {
        AppendOutcome outcome = request.isMultiStream() ? batch.append(request) : appendToOne(request);
        announce(outcome);
        return outcome;
    }

    /** Tells followers, if something was written. */
    void announce(AppendOutcome outcome) {
        announce(List.of(outcome));
    }

    @Override
    public List<AppendOutcome> appendAll(List<AppendRequest> requests) {
        List<AppendOutcome> outcomes = batch.appendAll(requests);
        announce(outcomes);
        return outcomes;
    }

    private void announce(List<AppendOutcome> outcomes) {
        boolean written = outcomes.stream()
                .anyMatch(outcome -> outcome instanceof Appended appended
                        && appended.results().stream().anyMatch(result -> !result.replayed()));
        if (written) {
            signals.appended();
        }
    }

    private AppendOutcome appendToOne(AppendRequest request) {
        Attempt attempt = database.write(session -> attempt(session, request, database::read));
        // What spoke against it is gone by now, or the first event's id only seemed to be known.
        return attempt.outcome(request).orElseGet(() -> batch.append(request));
    }

    /** Within a transaction that others end. */
    static AppendOutcome append(Session session, AppendRequest request) throws SQLException {
        if (request.isMultiStream()) {
            return AppendBatch.append(session, request);
        }
        Optional<AppendOutcome> outcome =
                attempt(session, request, StoredStream.Reader.on(session)).outcome(request);
        return outcome.isPresent() ? outcome.get() : AppendBatch.append(session, request);
    }

    /** What the function did: where the last event lies if it wrote, else what the stream is. */
    private record Attempt(StoredStream stream, Optional<Position> position) {

        static Attempt of(ResultSet row, StoredStream.Reader reader) throws SQLException {
            long position = row.getLong(6);
            StoredStream stream =
                    row.getObject(1) == null ? StoredStream.missing(reader) : StoredStream.of(row, reader);
            return new Attempt(stream, position == 0 ? Optional.empty() : Optional.of(Position.of(position)));
        }

        /** Empty when it could be written now. */
        Optional<AppendOutcome> outcome(AppendRequest request) {
            return position.isPresent()
                    ? position.map(last -> appended(request, last))
                    : AppendDecision.decide(request, id -> stream);
        }

        private AppendOutcome appended(AppendRequest request, Position last) {
            StreamId id = request.writes().get(0).stream();
            return new Appended(List.of(new AppendResult(id, stream.version(), last, false)));
        }
    }

    private static Attempt attempt(Session session, AppendRequest request, StoredStream.Reader reader)
            throws SQLException {
        StreamWrite write = request.writes().get(0);
        Object[] head = {write.stream().value(), write.stream().category().orElse(null), expected(write.expected())};
        Object[] events = new EventArrays(write.events()).bound(session);
        return session.only(
                row -> Attempt.of(row, reader),
                APPEND,
                Stream.of(head, events).flatMap(Stream::of).toArray());
    }

    /** As the function takes it. */
    private static long expected(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return exactly.version();
        }
        if (expected instanceof ExpectedVersion.NoStream) {
            return 0;
        }
        return expected instanceof ExpectedVersion.Any ? -1 : -2;
    }
}
