package io.headwater.jdbc;

import io.headwater.StoreVerifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares streams with their events, in one transaction.
 *
 * @param damage what the database itself finds
 * @param selectCounts gives the number of streams and of events
 * @param selectMissing gives the streams that have not all events from their first to their last: name, first, version, and how many
 *     there are
 * @param selectBeyond gives the events that no stream has: key of the stream and version
 */
public record JdbcVerifier(
        SqlCalls<?> calls, Damage damage, String selectCounts, String selectMissing, String selectBeyond)
        implements StoreVerifier {

    /** What the database says of damage to its files. */
    public interface Damage {
        /** Looks for it; a line for each. */
        List<String> find(SqlSession session) throws SQLException;
    }

    @Override
    public Summary verify(Consumer<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Summary summary = calls.read(session -> {
            found.clear();
            damage.find(session).forEach(line -> found.add(new Problem("damaged storage", line)));
            found.addAll(session.list(
                    row -> missing(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)), selectMissing));
            found.addAll(session.list(row -> beyond(row.getLong(1), row.getLong(2)), selectBeyond));
            return session.list(row -> new Summary(row.getLong(1), row.getLong(2)), selectCounts)
                    .get(0);
        });
        found.forEach(problems);
        return summary;
    }

    private static Problem missing(String stream, long first, long version, long there) {
        return new Problem(
                "events missing",
                "stream '%s' has %s of its %s events from version %s to %s: restore a backup"
                        .formatted(stream, there, version - first + 1, first, version));
    }

    private static Problem beyond(long streamKey, long version) {
        return new Problem(
                "events beyond their stream",
                "event %s of the stream with the key %s is later than the stream's last, or has no stream"
                        .formatted(version, streamKey));
    }
}
