package io.headwater.sqlite;

import io.headwater.BackendFailure;
import io.headwater.jdbc.SqlCalls;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Detects that a file contains another store than the one that was opened: when a backup of another store was restored into
 * the open file.
 *
 * @param storeId the id of the store that was opened
 * @param file the path of the file
 */
record SameStore(String storeId, Path file) {
    /** A query for the identifier of the store that the file holds. */
    static final String ID = "SELECT id FROM store";

    /** Reads that see the store as of one moment, and first check that it is the same store. */
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

    /** Throws {@link BackendFailure} if the file contains another store. */
    void check(Session session) throws SQLException {
        check(session.first(row -> row.getString(1), ID));
    }

    /** Throws {@link BackendFailure} if the file contains another store, or none. */
    void check(Optional<String> now) {
        if (!now.equals(Optional.of(storeId))) {
            throw new BackendFailure(
                    "'%s' holds store %s now, and held store %s when it was opened: close this store and open it again"
                            .formatted(file, now.orElse("none"), storeId),
                    null);
        }
    }
}
