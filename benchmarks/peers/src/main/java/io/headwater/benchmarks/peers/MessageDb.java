package io.headwater.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.headwater.benchmarks.Peer;
import io.headwater.benchmarks.PeerStore;
import io.headwater.benchmarks.SampleEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The functions of message-db, as they are installed. */
abstract class MessageDb implements Peer {
    private static final String PACKAGE = "/npm/node_modules/@eventide/message-db/database/";

    /** In the order of its script, without its role, privileges and reporting views. */
    private static final List<String> SCRIPTS = List.of(
            "schema/message-store",
            "extensions/pgcrypto",
            "tables/messages",
            "types/message",
            "functions/message-store-version",
            "functions/hash-64",
            "functions/acquire-lock",
            "functions/category",
            "functions/is-category",
            "functions/id",
            "functions/cardinal-id",
            "functions/stream-version",
            "functions/write-message",
            "functions/get-stream-messages",
            "functions/get-category-messages",
            "functions/get-last-stream-message",
            "indexes/messages-id",
            "indexes/messages-stream",
            "indexes/messages-category");

    /** All streams in one category, which makes the writers wait for each other and orders the log. */
    public static final class OneCategory extends MessageDb {
        @Override
        public String name() {
            return "message-db";
        }

        @Override
        public String facts() {
            return about("all streams in one category");
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        String stream(int number) {
            return "account-" + number;
        }
    }

    /** Each stream in a category of its own: writers do not wait, and there is no log of all of them. */
    public static final class CategoryPerStream extends MessageDb {
        @Override
        public String name() {
            return "message-db, category per stream";
        }

        @Override
        public String facts() {
            return about("each stream in a category of its own");
        }

        @Override
        public boolean isRead() {
            return false;
        }

        @Override
        String stream(int number) {
            return "account" + number + "-" + number;
        }
    }

    static String about(String streams) {
        return "message-db %s; %s; one call for one append, whose events are arrays; pages of %s; a pool of %s"
                .formatted(text("VERSION.txt").strip(), streams, MessageDbStore.PAGE, Pool.SIZE);
    }

    abstract String stream(int number);

    @Override
    public String schema() {
        return "message_store";
    }

    @Override
    public String table() {
        return "messages";
    }

    /** JSONB is returned with a blank after each colon and comma; the texts of the samples contain neither. */
    @Override
    public int size(SampleEvent event) {
        String json = new String(event.data(), StandardCharsets.UTF_8);
        return json.length()
                + (int) json.chars().filter(c -> c == ':' || c == ',').count();
    }

    @Override
    public PeerStore open(String url) throws SQLException {
        HikariDataSource pool = Pool.open(url, schema() + ",public", true);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String script : SCRIPTS) {
                statement.execute(text(script + ".sql"));
            }
        }
        return new MessageDbStore(pool, this::stream);
    }

    private static String text(String name) {
        try (InputStream file = MessageDb.class.getResourceAsStream(PACKAGE + name)) {
            if (file == null) {
                throw new IllegalStateException(
                        PACKAGE + name + " is not on the class path: npm fetches it during the build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
