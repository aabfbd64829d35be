package io.headwater.jdbc;

import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.spi.support.AdminDecision;
import io.headwater.spi.support.StreamBounds;
import java.sql.SQLException;

/** Hides events. {@link JdbcScavenger} removes them. */
public abstract class JdbcAdmin implements StreamAdmin {
    private final SqlCalls<?> calls;
    private final String hide;
    private final String noteEmpty;

    /**
     * With these statements.
     *
     * @param hide takes the first version that stays, and the key of the stream
     * @param noteEmpty takes the key of the stream and the version at which it is empty; has no effect if that is stored
     *     already
     */
    protected JdbcAdmin(SqlCalls<?> calls, String hide, String noteEmpty) {
        this.calls = calls;
        this.hide = hide;
        this.noteEmpty = noteEmpty;
    }

    /** The stream. No other transaction changes it until this one ends. */
    protected abstract StreamRow locked(SqlSession session, StreamId id) throws SQLException;

    /** Hides all events of the stream for good, and refuses further ones. */
    protected abstract void tombstone(SqlSession session, StreamId id, StreamRow stream) throws SQLException;

    @Override
    public final void delete(StreamId id, ExpectedVersion expected) {
        calls.transaction(session -> {
            StreamRow stream = locked(session, id);
            AdminDecision.checkDelete(id, expected, stream);
            return hide(session, stream, stream.bounds().deleted());
        });
    }

    @Override
    public final void truncateBefore(StreamId id, long version) {
        calls.transaction(session -> {
            StreamRow stream = locked(session, id);
            AdminDecision.checkTruncate(id, stream);
            return hide(session, stream, stream.bounds().truncatedBefore(version));
        });
    }

    /** Returns whether there was anything to hide. */
    private boolean hide(SqlSession session, StreamRow stream, StreamBounds rest) throws SQLException {
        if (rest.equals(stream.bounds())) {
            return false;
        }
        session.update(hide, rest.first(), stream.key());
        if (!rest.live()) {
            session.update(noteEmpty, stream.key(), stream.version());
        }
        return true;
    }

    @Override
    public final void tombstone(StreamId id, ExpectedVersion expected) {
        calls.transaction(session -> {
            StreamRow stream = locked(session, id);
            AdminDecision.checkTombstone(id, expected, stream);
            tombstone(session, id, stream);
            return true;
        });
    }
}
