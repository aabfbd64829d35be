package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What goes wrong while others write and read: transactions that stay open, and connections that the server ends. */
final class SoakTrouble {
    /** The longest that a transaction stays open. */
    static final int MAX_OPEN_MILLIS = 300;

    private static final String TERMINATE_ONE = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY random() LIMIT 1""";

    private final TestServer server;
    private final String namespace;
    private final List<OpenAppend> committed = new ArrayList<>();
    private final List<OpenAppend> rolledBack = new ArrayList<>();
    private final List<OpenAppend> unknown = new ArrayList<>();
    private int terminated;

    SoakTrouble(TestServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** Appends in transactions that stay open for a while, then commits or rolls back. */
    int holdOpen(int number, Random random, BooleanSupplier goesOn) {
        int done = 0;
        while (goesOn.getAsBoolean()) {
            UUID[] ids = new UUID[1 + random.nextInt(5)];
            Arrays.setAll(ids, i -> UUID.randomUUID());
            String stream = random.nextInt(4) == 0 ? "shared-" + random.nextInt(4) : "held-" + number;
            try (OpenAppend append = OpenAppend.of(server.connect(), namespace, stream, ids)) {
                Soak.last(random.nextInt(MAX_OPEN_MILLIS));
                end(append, random.nextBoolean());
                done++;
            } catch (SQLException e) {
                // Ended by the server before it was asked to commit.
                Soak.last(5);
            }
        }
        return done;
    }

    private void end(OpenAppend append, boolean commits) {
        if (!commits) {
            note(rolledBack, append);
            return;
        }
        try {
            append.commit();
            note(committed, append);
        } catch (SQLException e) {
            note(unknown, append);
        }
    }

    private synchronized void note(List<OpenAppend> appends, OpenAppend append) {
        appends.add(append);
    }

    /** Has the server end a connection now and then, whatever it does. */
    int terminate(Random random, BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            try (Connection connection = server.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(TERMINATE_ONE);
                terminated++;
            } catch (SQLException e) {
                // The server is down.
            }
            Soak.last(50 + random.nextInt(250));
        }
        return terminated;
    }

    /** All of what was committed is in the log, and nothing of what was rolled back. */
    void verify(List<RecordedEvent> log) {
        Set<UUID> there = new HashSet<>();
        log.forEach(event -> there.add(event.id()));
        committed.forEach(append -> assertThat(countOf(append, there)).isEqualTo(append.ids().length));
        rolledBack.forEach(append -> assertThat(countOf(append, there)).isZero());
        unknown.forEach(append -> assertThat(countOf(append, there)).isIn(0L, (long) append.ids().length));
    }

    private static long countOf(OpenAppend append, Set<UUID> there) {
        return Arrays.stream(append.ids()).filter(there::contains).count();
    }

    @Override
    public String toString() {
        return "%s held open and committed, %s rolled back, %s unknown, %s connections ended"
                .formatted(committed.size(), rolledBack.size(), unknown.size(), terminated);
    }
}
