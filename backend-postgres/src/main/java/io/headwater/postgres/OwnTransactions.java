package io.headwater.postgres;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.InvalidRequest;
import io.headwater.Limits;
import io.headwater.Names;
import io.headwater.Position;
import io.headwater.jdbc.SqlCalls;
import io.headwater.spi.Positions;
import java.sql.Connection;
import java.sql.SQLException;

/** Calls on connections of the application. */
final class OwnTransactions implements PostgresTransactions {
    private static final String POSITION =
            "SELECT position FROM ${schema}.checkpoints WHERE subscription = ? AND part = 0 AND ${same_store}";
    private static final String ADVANCE = """
            INSERT INTO ${schema}.checkpoints AS c (subscription, part, position, saved_at, store_id)
            VALUES (?, 0, ?, ${schema}.now_v1(), ?)
            ON CONFLICT (subscription, part) DO UPDATE
            SET position = excluded.position, saved_at = excluded.saved_at, store_id = excluded.store_id
            WHERE c.position < excluded.position AND ${same_store}""";

    private final Database database;
    private final Limits limits;
    private final String storeId;
    private final AppendSignals signals;

    OwnTransactions(Database database, Limits limits, String storeId, AppendSignals signals) {
        this.database = database;
        this.limits = limits;
        this.storeId = storeId;
        this.signals = signals;
    }

    /**
     * Readers are notified before the commit, because the commit itself is not reported: they poll until the append has
     * ended.
     */
    @Override
    public AppendOutcome append(Connection connection, AppendRequest request) {
        limits.check(request);
        refuseAutoCommit(connection);
        AppendOutcome outcome = on(connection, session -> AppendEvents.append(session, request));
        if (outcome instanceof AppendOutcome.Appended) {
            signals.appended();
        }
        return outcome;
    }

    @Override
    public Position position(Connection connection, String projection) {
        Names.check(projection, "projection");
        return on(
                connection,
                session -> session.first(row -> Positions.of(row.getLong(1)), POSITION, projection)
                        .orElse(Position.START));
    }

    @Override
    public boolean advance(Connection connection, String projection, Position event) {
        Names.check(projection, "projection");
        refuseAutoCommit(connection);
        return on(connection, session -> session.update(ADVANCE, projection, Positions.number(event), storeId) > 0);
    }

    private static void refuseAutoCommit(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                throw new InvalidRequest(
                        "the connection is in auto-commit mode: begin a transaction with setAutoCommit(false)");
            }
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
    }

    private <T> T on(Connection connection, SqlCalls.Work<Session, T> work) {
        return database.onForeign(connection, work);
    }
}
