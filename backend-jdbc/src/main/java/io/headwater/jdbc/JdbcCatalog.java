package io.headwater.jdbc;

import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.spi.support.StreamBounds;
import java.util.List;
import java.util.Optional;

/**
 * Lists streams and categories from their tables, which compare texts by their bytes in UTF-8: the order of code points.
 *
 * @param selectStreams takes the last name before, the prefix twice, and a limit; gives name, version, first version and whether it is
 *     tombstoned
 * @param selectCategories gives name, number of streams and number of events
 */
public record JdbcCatalog(SqlCalls<?> calls, String selectStreams, String selectCategories) implements StreamCatalog {
    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        String last = after.map(StreamId::value).orElse("");
        return calls.read(session -> session.list(
                row -> new StreamBounds(row.getLong(2), row.getLong(3), row.getBoolean(4))
                        .info(StreamId.of(row.getString(1))),
                selectStreams,
                last,
                prefix,
                prefix,
                limit));
    }

    @Override
    public List<CategoryInfo> categories() {
        return calls.read(session -> session.list(
                row -> new CategoryInfo(row.getString(1), row.getLong(2), row.getLong(3)), selectCategories));
    }
}
