package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BulkImport;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.AppendDecision;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Appends. One to a single stream is one call of a function, which writes when the stream is as expected. When it is not, the
 * stream is read to decide whether that is a repeat or a conflict. All others go through {@link AppendBatch}.
 */
final class AppendEvents implements BulkImport {
    private static final String APPEND_ONE = "SELECT ${schema}.append_v1(?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String APPEND_MANY = "SELECT ${schema}.append_v1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

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
        Optional<AppendOutcome> written = database.write(session -> write(session, request));
        return written.or(() -> database.read(session -> refusal(session, request)))
                // What spoke against it is gone by now, or the first event's id only seemed to be known.
                .orElseGet(() -> batch.append(request));
    }

    /** Within a transaction that others end. */
    static AppendOutcome append(Session session, AppendRequest request) throws SQLException {
        if (request.isMultiStream()) {
            return AppendBatch.append(session, request);
        }
        Optional<AppendOutcome> outcome = write(session, request);
        if (outcome.isEmpty()) {
            outcome = refusal(session, request);
        }
        return outcome.isPresent() ? outcome.get() : AppendBatch.append(session, request);
    }

    /** Empty when the function wrote nothing. */
    private static Optional<AppendOutcome> write(Session session, AppendRequest request) throws SQLException {
        StreamWrite write = request.writes().get(0);
        EventData first = write.events().get(0);
        int count = write.events().size();
        Object[] one = {
            write.stream().value(),
            write.stream().category().orElse(null),
            expected(write.expected()),
            first.id(),
            first.type(),
            EventRow.content(first.data()),
            first.data().bytes(),
            EventRow.metadata(first)
        };
        Object[] others = count > 1 ? new EventArrays(write.events().subList(1, count)).bound(session) : new Object[0];
        return session.only(
                row -> row.getObject(1) == null
                        ? Optional.empty()
                        : Optional.of(appended(write.stream(), row.getArray(1))),
                count > 1 ? APPEND_MANY : APPEND_ONE,
                Stream.of(one, others).flatMap(Stream::of).toArray());
    }

    private static AppendOutcome appended(StreamId stream, Array written) throws SQLException {
        Long[] positionAndVersion = (Long[]) written.getArray();
        Position last = Position.of(positionAndVersion[0]);
        return new Appended(List.of(new AppendResult(stream, positionAndVersion[1], last, false)));
    }

    /** Why nothing was written: a conflict or a repeat. Empty when it could be written now. */
    private static Optional<AppendOutcome> refusal(Session session, AppendRequest request) throws SQLException {
        StreamId id = request.writes().get(0).stream();
        StoredStream stream = StoredStream.read(session, id);
        return AppendDecision.decide(request, any -> stream);
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
