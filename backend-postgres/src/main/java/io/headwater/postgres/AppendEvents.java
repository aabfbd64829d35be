package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.StreamId;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.ConditionalAppend;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Appends. An append to a single stream is one statement, which writes if the stream meets the expectation. If it does not,
 * the stream is read to decide whether the append is a repeat or a conflict. All other appends go through {@link
 * AppendBatch}.
 */
final class AppendEvents implements BulkImport {
    private final Database database;
    private final AppendGroups groups;
    private final AppendBatch batch;
    private final AppendSignals signals;
    private final ToOneStream toOneStream = new ToOneStream();

    AppendEvents(Database database, AppendBatch batch, AppendSignals signals) {
        this.database = database;
        this.groups = new AppendGroups(database);
        this.batch = batch;
        this.signals = signals;
    }

    AppendOutcome append(AppendRequest request) {
        AppendOutcome outcome = request.isMultiStream() ? batch.append(request) : toOneStream.append(request);
        announce(outcome);
        return outcome;
    }

    /** Notifies followers, if something was written. */
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

    /** Each step on a connection of its own. */
    private final class ToOneStream implements ConditionalAppend<RuntimeException> {
        @Override
        public Optional<AppendOutcome> write(AppendRequest request) {
            return groups.append(request);
        }

        @Override
        public Optional<AppendOutcome> decide(AppendRequest request) {
            return database.read(session -> refusal(session, request));
        }

        /** Also if the first event's id only seemed to be known. */
        @Override
        public AppendOutcome retry(AppendRequest request) {
            return batch.append(request);
        }
    }

    /** Appends within a transaction that the caller ends. */
    static AppendOutcome append(Session session, AppendRequest request) throws SQLException {
        return request.isMultiStream()
                ? AppendBatch.append(session, request)
                : new InTransaction(session).append(request);
    }

    /** All steps in one transaction. */
    private record InTransaction(Session session) implements ConditionalAppend<SQLException> {
        @Override
        public Optional<AppendOutcome> write(AppendRequest request) throws SQLException {
            return AppendStatement.run(session, request);
        }

        @Override
        public Optional<AppendOutcome> decide(AppendRequest request) throws SQLException {
            return refusal(session, request);
        }

        @Override
        public AppendOutcome retry(AppendRequest request) throws SQLException {
            return AppendBatch.append(session, request);
        }
    }

    /** The reason why nothing was written: a conflict or a repeat. Empty if it can be written now. */
    private static Optional<AppendOutcome> refusal(Session session, AppendRequest request) throws SQLException {
        StreamId id = request.writes().get(0).stream();
        StoredStream stream = StoredStream.read(session, id);
        return AppendDecision.decide(request, any -> stream);
    }
}
