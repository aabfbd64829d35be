package io.headwater.postgres;

import io.headwater.Metadata;
import io.headwater.spi.RecordChange;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;

/**
 * Changes of records, as parameters of a function.
 *
 * @param fields has null for a record to remove
 */
record RecordArrays(Array kinds, Array keys, Array fields) {

    RecordArrays(Session session, List<RecordChange> changes) throws SQLException {
        this(
                session.array("text", changes.stream().map(RecordChange::kind).toArray(String[]::new)),
                session.array("text", changes.stream().map(RecordChange::key).toArray(String[]::new)),
                session.array(
                        "bytea",
                        changes.stream()
                                .map(change ->
                                        change.fields().map(Metadata::encoded).orElse(null))
                                .toArray(byte[][]::new)));
    }
}
