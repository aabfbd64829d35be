package io.headwater.sqlite;

import io.headwater.BackendFailure;
import io.headwater.jdbc.SqlCalls;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Notices that a file holds another store than the one that was opened: a backup of that was restored into the open file, which
 * stays the same file.
 *
 * @param storeId of the store that was opened
 * @param file where it was
 */
record SameStore(String storeId, Path file) {
    /** A query for the identifier of the store that the file holds. */
    static final String ID = "SELECT id FROM store";

    /** Reads that see the store as of one moment, and look first whether it is the same store. */
    Reads checking(Reads reads) {
        return new Reads() {
            @Override
            public <T> T read(SqlCalls.Work<Session, T> work) {
                return reads.read(session -> session.inSnapshot(snapshot -> {
                    check(snapshot);
                    return work.run(snapshot);
                }));
            }
        };
    }

    /** Throws {@link BackendFailure} if it is another store. */
    void check(Session session) throws SQLException {
        check(session.first(row -> row.getString(1), ID));
    }

    /** Throws {@link BackendFailure} if the file holds another store now, or none. */
    void check(Optional<String> now) {
        if (!now.equals(Optional.of(storeId))) {
            throw new BackendFailure(
                    "'%s' holds store %s now, and held store %s when it was opened: close this store and open it again"
                            .formatted(file, now.orElse("none"), storeId),
                    null);
        }
    }
}
