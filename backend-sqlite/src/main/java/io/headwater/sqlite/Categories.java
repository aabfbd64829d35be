package io.headwater.sqlite;

import io.headwater.jdbc.SqlSession;
import java.sql.SQLException;
import java.util.Optional;

/** The keys of categories. */
final class Categories {
    private static final String FIND = "SELECT category_key FROM categories WHERE name = ?";
    private static final String ADD = "INSERT INTO categories (name) VALUES (?) RETURNING category_key";

    private Categories() {}

    /** The key of this category. Creates the category if there is none. */
    static long key(SqlSession session, String name) throws SQLException {
        Optional<Long> known = session.first(row -> row.getLong(1), FIND, name);
        return known.isPresent() ? known.get() : session.number(ADD, name);
    }
}
