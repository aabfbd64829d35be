package io.headwater.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A file as it was written before there was format 2: streams that were deleted, tombstoned, truncated and scavenged, a snapshot,
 * and subscriptions whose lease is held, ran out and was released, with checkpoints and a record.
 */
final class OldStore {
    /** When it was written: the lease of the subscription {@code held} lasts for a year from then. */
    static final Instant WRITTEN = Instant.parse("2026-11-29T15:29:20Z");

    static final String ID = "8fcea5f3-5f87-4bf4-a21d-a0d5aa6c8c28";

    /** The columns of format 1, by table. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("categories", "*"),
            Map.entry("streams", "*"),
            Map.entry("emptied", "*"),
            Map.entry("events", "*"),
            Map.entry("time_marks", "*"),
            Map.entry("store", "*"),
            Map.entry("snapshots", "*"),
            Map.entry("subscriptions", "name, epoch, owner, leased_until"),
            Map.entry("checkpoints", "*"),
            Map.entry("records", "*"));

    private OldStore() {}

    /** Puts it into this folder. */
    static Path in(Path folder) {
        Path file = folder.resolve("old.db");
        try (InputStream packed = OldStore.class.getResourceAsStream("format-1.db.gz");
                InputStream in = new GZIPInputStream(packed)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** All rows, with what format 1 has of them. */
    static Map<String, List<String>> rows(Path file) throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
                rows.put(table.getKey(), rows(statement, table.getKey(), table.getValue()));
            }
            rows.put("integrity", first(statement, "PRAGMA integrity_check"));
        }
        return rows;
    }

    private static List<String> rows(Statement statement, String table, String columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("SELECT %s FROM %s ORDER BY 1, 2".formatted(columns, table))) {
            while (found.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    byte[] value = found.getBytes(i);
                    row.append(value == null ? "NULL" : HexFormat.of().formatHex(value))
                            .append(' ');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static List<String> first(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery(sql)) {
            return List.of(found.getString(1));
        }
    }

    static long format(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            return Long.parseLong(first(statement, "PRAGMA user_version").get(0));
        }
    }

    /** Brings it to a later format than that in which it was written. */
    static void bringTo(int format, Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (SchemaScript script : SchemaScript.after(1)) {
                if (script.format() <= format) {
                    for (String step : script.statements()) {
                        statement.execute(step);
                    }
                }
            }
        }
    }
}
