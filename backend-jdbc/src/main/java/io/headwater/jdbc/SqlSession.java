package io.headwater.jdbc;

import io.headwater.spi.support.StoredValues;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Used by one thread at a time. */
public abstract class SqlSession {

    /** For backends to extend. */
    protected SqlSession() {}

    /** Makes a value of the current row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        /** Reads the current row, and no other. */
        T map(ResultSet row) throws SQLException;
    }

    /** Makes a value of all rows that a query found. */
    @FunctionalInterface
    public interface RowsReader<T> {
        /** The rows begin before the first. */
        T read(ResultSet rows) throws SQLException;
    }

    /** Sets the parameters of a statement, in order. */
    protected static void bind(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    /** Runs a query with these parameters, reads its rows, and closes them. */
    protected abstract <T> T query(RowsReader<T> reader, String sql, @Nullable Object... parameters)
            throws SQLException;

    /** Runs a statement that changes rows, and returns how many. */
    public abstract int update(String sql, @Nullable Object... parameters) throws SQLException;

    /** Runs a statement whose rows, if there are any, are not needed. */
    public abstract void execute(String sql, @Nullable Object... parameters) throws SQLException;

    /** All rows of a query. */
    public final <T> List<T> list(RowMapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        return query(
                rows -> {
                    List<T> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(mapped(mapper, rows));
                    }
                    return found;
                },
                sql,
                parameters);
    }

    /** The first row of a query; empty if it has none. */
    public final <T> Optional<T> first(RowMapper<T> mapper, String sql, @Nullable Object... parameters)
            throws SQLException {
        return query(rows -> rows.next() ? Optional.of(mapped(mapper, rows)) : Optional.empty(), sql, parameters);
    }

    /** The row of a query that always has one. */
    public final <T> T only(RowMapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        return first(mapper, sql, parameters).orElseThrow();
    }

    /** The number that a query for one number finds. */
    public final long number(String sql, @Nullable Object... parameters) throws SQLException {
        return only(row -> row.getLong(1), sql, parameters);
    }

    /** Maps a row, and reports a damaged value. */
    protected static <T> T mapped(RowMapper<T> mapper, ResultSet row) throws SQLException {
        try {
            return mapper.map(row);
        } catch (RuntimeException e) {
            throw StoredValues.damaged("a value", e);
        }
    }
}
