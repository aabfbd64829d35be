package io.headwater.sqlite;

import io.headwater.ConfigurationException;
import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import io.headwater.StoreUrl;
import io.headwater.spi.BackendContext;
import io.headwater.sqlite.SqliteBackendProvider.Durability;
import io.headwater.sqlite.SqliteBackendProvider.SchemaMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** The database file of a store, and how to connect to it. */
record DatabaseFile(Path path, Durability durability, Duration busyTimeout) {
    /**
     * The size of the smallest page. A database that is not empty has at least one page; SQLite takes a file of one byte for
     * an empty one.
     */
    private static final long MIN_BYTES = 512;

    /**
     * The number of pages in the write-ahead log before they are copied into the file. Larger than SQLite's default, for
     * fewer copies.
     */
    private static final int PAGES_BETWEEN_COPIES = 4000;

    /** Opens no file. Checks what can be checked without SQLite, with better messages than SQLite has. */
    static DatabaseFile of(BackendContext context) {
        return of(context, context.option(SqliteBackendProvider.SCHEMA));
    }

    /** As {@link #of(BackendContext)}, with this mode instead of the configured one. */
    static DatabaseFile of(BackendContext context, SchemaMode schema) {
        DatabaseFile file = named(context);
        file.check(schema);
        return file;
    }

    /** As {@link #of(BackendContext)}, for a file that is only read. */
    static DatabaseFile toRead(BackendContext context) {
        DatabaseFile file = named(context);
        file.checkReadable();
        return file;
    }

    private static DatabaseFile named(BackendContext context) {
        return new DatabaseFile(
                path(context.url()),
                context.option(SqliteBackendProvider.DURABILITY),
                context.option(SqliteBackendProvider.BUSY_TIMEOUT));
    }

    private static Path path(StoreUrl url) {
        if (!url.authority().isEmpty()) {
            throw new ConfigurationException(
                    "'" + url + "' names a host; write sqlite:path/to/file.db, or sqlite:/path from the root");
        }
        if (url.path().isEmpty() || url.path().startsWith(":")) {
            throw new ConfigurationException(
                    "'" + url + "' names no file; write sqlite:path/to/file.db, or memory: for a store in memory");
        }
        if (url.path().indexOf('?') >= 0) {
            throw new ConfigurationException(
                    "file name '" + url.path() + "' has a '?', which the SQLite driver does not take");
        }
        try {
            return Path.of(url.path()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new ConfigurationException("'" + url + "' is not a file name: " + e.getReason(), e);
        }
    }

    private void checkReadable() {
        checkKind();
        if (!Files.exists(path)) {
            throw new StoreMissing("file '" + path + "' does not exist, and opening it read-only creates none");
        }
        if (!Files.isReadable(path)) {
            throw new ConfigurationException("no permission to read '" + path + "'");
        }
        checkSize();
    }

    private void checkKind() {
        if (Files.exists(path) && FileKind.of(path) != FileKind.FILE) {
            throw new ConfigurationException("'" + path + "' is " + FileKind.of(path) + "; name a file");
        }
    }

    private void check(SchemaMode schema) {
        checkKind();
        Path folder = path.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ConfigurationException("folder '" + folder + "' does not exist; create it first");
        }
        if (!Files.isWritable(folder)) {
            throw new ConfigurationException("no permission to write in folder '" + folder
                    + "', where SQLite keeps its files beside the database; to only read, add access=read");
        }
        if (Files.exists(path)) {
            checkExisting();
        } else if (schema == SchemaMode.VALIDATE) {
            throw new StoreMissing("file '" + path + "' does not exist, and schema=validate creates none");
        }
    }

    /** Opens nothing: a file that is opened and closed outside SQLite loses the locks of this process (see FileGuard). */
    private void checkExisting() {
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw new ConfigurationException(
                    "no permission to read and write '" + path + "'; to only read, add access=read");
        }
        checkSize();
    }

    private void checkSize() {
        long size = size(path);
        if (size > 0 && size < MIN_BYTES) {
            throw new IncompatibleStore(
                    "'%s' has %s bytes and is not an SQLite database; it was left as it is".formatted(path, size),
                    null);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new ConfigurationException("'" + path + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /** Another file, with the same settings. */
    DatabaseFile at(Path other) {
        return new DatabaseFile(other, durability, busyTimeout);
    }

    /** Tells this file from another one of its name, where the file system can; null if there is none. */
    @Nullable
    Object identity() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** A connection that creates the file if there is none. */
    Session connectOrCreate() throws SQLException {
        return connect(new SQLiteConfig());
    }

    /** A connection to an existing file. */
    Session connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return connect(config);
    }

    /**
     * A connection that only reads. If it is the last one of this process to be closed, it leaves the write-ahead log as it
     * is.
     */
    Session connectReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return connect(config);
    }

    /** A connection for a file that does not change: it takes no locks, and does not use the files beside it. */
    Session connectImmutable() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return new Session(config.createConnection("jdbc:sqlite:" + uri() + "?immutable=1"));
    }

    /** See https://sqlite.org/uri.html. These characters would begin another part of the URI. */
    private String uri() {
        return "file:" + path.toString().replace("%", "%25").replace("#", "%23");
    }

    /** Without settings that write to the file. */
    private Session connect(SQLiteConfig config) throws SQLException {
        config.setBusyTimeout(Math.toIntExact(Math.min(busyTimeout.toMillis(), Integer.MAX_VALUE)));
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        Session session = new Session(connection);
        try {
            session.execute("PRAGMA synchronous = " + durability);
            session.execute("PRAGMA wal_autocheckpoint = " + PAGES_BETWEEN_COPIES);
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }
}
