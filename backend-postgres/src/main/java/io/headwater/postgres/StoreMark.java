package io.headwater.postgres;

import io.headwater.IncompatibleStore;
import java.sql.SQLException;
import java.util.List;

/**
 * The view whose name contains the id of the store. Each statement of an open store names it (see {@link Namespace#isFor}).
 * A copy into existing tables, as by logical replication or a dump of the data alone, copies the id, and not the view.
 */
final class StoreMark {
    private static final String EXISTS =
            "SELECT EXISTS (SELECT FROM pg_views WHERE schemaname = ? AND viewname = 'store_' || ?)";
    private static final String DROP_OTHERS = """
            SELECT format('DROP VIEW %I.%I', schemaname, viewname) FROM pg_views
            WHERE schemaname = ? AND starts_with(viewname, 'store_')""";
    private static final String CREATE = """
            SELECT format('CREATE VIEW %1$I.%2$I AS SELECT id FROM %1$I.store', schema.name, 'store_' || id)
            FROM ${schema}.store, (SELECT ?::text AS name) schema""";

    private StoreMark() {}

    static boolean exists(Session session, Namespace namespace, String storeId) throws SQLException {
        return session.only(row -> row.getBoolean(1), EXISTS, namespace.name(), storeId);
    }

    /** Creates the view of the store that is there now. Stores that were opened with another id fail from then on. */
    static void make(Session session, Namespace namespace) throws SQLException {
        for (String query : List.of(DROP_OTHERS, CREATE)) {
            for (String statement : session.list(row -> row.getString(1), query, namespace.name())) {
                session.script(statement);
            }
        }
    }

    static IncompatibleStore missing(Namespace namespace) {
        return new IncompatibleStore(
                "schema '%s' holds a copy of a store whose id is not the one that its tables were made for: open it once with schema=create, by a user that may create views"
                        .formatted(namespace.name()),
                null);
    }
}
