package io.headwater.postgres;

import io.headwater.EventData;
import io.headwater.spi.support.ValueCodes;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as parameters of a statement: an array for each column. */
final class EventArrays {
    /** The text for {@link #bound}, in the list of an {@code unnest}. */
    static final String PARAMETERS = Session.arrays("uuid", "text", "smallint", "bytea", "bytea");

    private final UUID[] ids;
    private final String[] types;
    private final short[] contents;
    private final byte[][] data;
    private final byte[] @Nullable [] metadata;

    EventArrays(List<EventData> events) {
        int count = events.size();
        ids = new UUID[count];
        types = new String[count];
        contents = new short[count];
        data = new byte[count][];
        metadata = new byte[count][];
        for (int i = 0; i < count; i++) {
            set(i, events.get(i));
        }
    }

    private void set(int i, EventData event) {
        ids[i] = event.id();
        types[i] = event.type();
        contents[i] = ValueCodes.contentType(event.data());
        data[i] = event.data().bytes();
        metadata[i] = ValueCodes.metadata(event);
    }

    /** The parameters, in the order of {@link #PARAMETERS}. */
    Object[] bound(Session session) throws SQLException {
        return new Object[] {
            session.array("uuid", ids),
            session.array("text", types),
            session.array("int2", contents),
            session.array("bytea", data),
            session.array("bytea", metadata)
        };
    }
}
