package io.headwater.sqlite;

import io.headwater.StoreMissing;
import io.headwater.StoreSchema;
import io.headwater.spi.BackendContext;
import io.headwater.sqlite.SqliteBackendProvider.SchemaMode;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of a file, without an open store.
 *
 * @param context has the path of the file
 */
record SqliteStoreSchema(BackendContext context) implements StoreSchema {

    @Override
    public String script() {
        Stream<String> statements = SchemaScript.after(0).stream().flatMap(script -> script.statements().stream());
        return statements
                .map(statement -> statement + ";\n")
                .collect(Collectors.joining("\n", "BEGIN;\n\n", "\nCOMMIT;\n"));
    }

    @Override
    public OptionalInt format() {
        int format = found();
        return format == 0 ? OptionalInt.empty() : OptionalInt.of(format);
    }

    @Override
    public int newestFormat() {
        return SchemaScript.NEWEST;
    }

    @Override
    public List<String> missing() {
        return files(SchemaScript.after(found()));
    }

    /** The format; 0 without a store. */
    private int found() {
        DatabaseFile file;
        try {
            file = DatabaseFile.toRead(context);
        } catch (StoreMissing e) {
            return 0;
        }
        return claiming(file, () -> {
            try (ReadOnlySessions sessions = new ReadOnlySessions(file, 1)) {
                return sessions.read(session -> new SqliteSchema(file, session).format());
            }
        });
    }

    @Override
    public List<String> apply() {
        if (missing().isEmpty()) {
            return List.of();
        }
        DatabaseFile file = DatabaseFile.of(context, SchemaMode.CREATE);
        return claiming(file, () -> {
            try (Session session = file.connectOrCreate()) {
                return files(new SqliteSchema(file, session).complete(format -> {}));
            }
        });
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> T claiming(DatabaseFile file, Work<T> work) {
        OpenFile open = OpenFile.claim(file);
        try {
            return work.run();
        } catch (SQLException e) {
            throw SqliteErrors.translateOpening(file.path(), e);
        } finally {
            open.close();
        }
    }

    private static List<String> files(List<SchemaScript> scripts) {
        return scripts.stream().map(SchemaScript::file).toList();
    }
}
