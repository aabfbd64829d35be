package io.headwater.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A real server for the tests of a module, started when it is first needed, and a schema for each store. */
public final class PostgresFixture {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private PostgresFixture() {}

    /** Ends with the process: the server watches for that itself. */
    private static final class Server {
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The URL of a store that nobody has used. */
    public static String url() {
        return place().url();
    }

    /** Where there is room for a store that nobody has used. */
    static Place place() {
        return new Place(Server.ONE, "test_" + NAMESPACES.incrementAndGet());
    }

    /** A schema of the server's database. */
    record Place(EmbeddedPostgres server, String namespace) {
        String url() {
            return "postgresql://postgres@localhost:%d/postgres?namespace=%s".formatted(server.getPort(), namespace);
        }

        /** Connections to the database, a new one for each call. */
        DataSource source() {
            return server.getPostgresDatabase();
        }

        PostgresStore store() {
            return PostgresStore.on(source()).namespace(namespace);
        }
    }
}
