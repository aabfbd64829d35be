package io.headwater.sqlite;

import io.headwater.BackendFailure;
import io.headwater.ConfigurationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * A database file that a store of this process has open. All class loaders know of it through a system property, because
 * each of them may have loaded an SQLite library of its own. POSIX locks belong to the process: two libraries do not see
 * each other's locks, and the first one to close the file releases the locks of both. Where the file system does not tell
 * files apart, there are no such locks, and this class does nothing.
 */
final class OpenFile implements AutoCloseable {
    /**
     * The beginning of the name of the property; the identity of the file follows. The value is the number of stores, and
     * the library they use.
     */
    private static final String PROPERTY = "io.headwater.sqlite.open.";

    /** The same object for all class loaders, as it is an interned string. */
    private static final Object JVM = PROPERTY.intern();

    private static final String LIBRARY = Integer.toHexString(System.identityHashCode(SQLiteJDBCLoader.class)) + " "
            + SQLiteJDBCLoader.class.getClassLoader();

    /** The guards of the stores that were opened by this class. */
    private static final Map<Object, List<FileGuard>> GUARDS = new HashMap<>();

    private final @Nullable Object identity;
    private @Nullable FileGuard guard;

    private OpenFile(@Nullable Object identity) {
        this.identity = identity;
    }

    /**
     * Creates the file if there is none.
     *
     * @throws ConfigurationException if another SQLite library of this process has it open
     * @throws BackendFailure if a store of this process has lost its locks on it
     */
    static OpenFile claim(DatabaseFile file) {
        synchronized (JVM) {
            if (file.identity() == null) {
                create(file);
            }
            return claimExisting(file);
        }
    }

    /** As {@link #claim}, without creating a file. */
    static OpenFile claimExisting(DatabaseFile file) {
        synchronized (JVM) {
            OpenFile claimed = new OpenFile(file.identity());
            claimed.refuseLost();
            claimed.refuseSecondLibrary(file);
            claimed.count(1);
            return claimed;
        }
    }

    private static void create(DatabaseFile file) {
        try {
            file.connectOrCreate().close();
        } catch (SQLException e) {
            throw SqliteErrors.translateOpening(file.path(), e);
        }
    }

    private void refuseLost() {
        GUARDS.getOrDefault(identity, List.of()).forEach(FileGuard::check);
    }

    private void refuseSecondLibrary(DatabaseFile file) {
        String library = known()[1];
        if (!library.equals(LIBRARY)) {
            throw new ConfigurationException(
                    ("'%s' is open in this process with another SQLite library, that of %s, and two would lose"
                                    + " each other's events; load sqlite-jdbc in one class loader that all users of the file share,"
                                    + " or use a process for each")
                            .formatted(file.path(), library.split(" ", 2)[1]));
        }
    }

    private String[] known() {
        return System.getProperty(PROPERTY + identity, "0 " + LIBRARY).split(" ", 2);
    }

    private void count(int difference) {
        int stores = Integer.parseInt(known()[0]) + difference;
        if (stores > 0 && identity != null) {
            System.setProperty(PROPERTY + identity, stores + " " + LIBRARY);
        } else {
            System.clearProperty(PROPERTY + identity);
        }
    }

    /** Guards the file from now on. This process has read it on a connection that is still open. */
    FileGuard guard(DatabaseFile file) {
        FileGuard opened = FileGuard.of(file.path());
        synchronized (JVM) {
            guard = opened;
            if (identity != null) {
                GUARDS.computeIfAbsent(identity, none -> new ArrayList<>()).add(opened);
            }
        }
        return opened;
    }

    /** Called when all connections are closed. */
    @Override
    public void close() {
        synchronized (JVM) {
            if (guard != null) {
                guard.close();
                GUARDS.getOrDefault(identity, new ArrayList<>()).remove(guard);
                GUARDS.values().removeIf(List::isEmpty);
            }
            count(-1);
        }
    }
}
