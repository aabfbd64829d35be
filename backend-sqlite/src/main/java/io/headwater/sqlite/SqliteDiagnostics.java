package io.headwater.sqlite;

import io.headwater.Diagnostics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Facts about the file for operators. */
final class SqliteDiagnostics implements Diagnostics {
    private final DatabaseFile file;
    private final Supplier<Map<String, String>> more;
    private final Reads sessions;

    /**
     * The facts of this file.
     *
     * @param more facts that depend on how it was opened
     */
    SqliteDiagnostics(DatabaseFile file, Supplier<Map<String, String>> more, Reads sessions) {
        this.file = file;
        this.more = more;
        this.sessions = sessions;
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        sessions.read(session -> {
            facts.put("streams", Long.toString(session.number("SELECT count(*) FROM streams")));
            facts.put("events", Long.toString(session.number("SELECT count(*) FROM events")));
            facts.put("format", Long.toString(session.number("PRAGMA user_version")));
            facts.put(
                    "sqlite",
                    session.first(row -> row.getString(1), "SELECT sqlite_version()")
                            .orElseThrow());
            return facts;
        });
        facts.put("file", file.path().toString());
        facts.put("file bytes", Long.toString(size(file.path())));
        facts.put("write-ahead log bytes", Long.toString(size(Path.of(file.path() + "-wal"))));
        facts.putAll(more.get());
        return facts;
    }

    private static long size(Path path) {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
