package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty-eight writers, tail readers and durable subscriptions, while transactions stay open, connections are ended by the server,
 * and the server itself is killed and started again. {@code -Dheadwater.stress=100} kills it a hundred times.
 */
class PostgresSoakTest {
    private static final int KILLS = Integer.getInteger("headwater.stress", 1);
    private static final long MILLIS_BETWEEN_KILLS = 4_000;

    private static final String SLEEP = "PERFORM pg_sleep(random() * 0.01);\n";
    private static final String SKIPPED = "(?s).*(followed|what was scanned|place of the next event handled).*";
    private static final String LAST_TICKET = "SELECT last_value INTO l_last FROM ${schema}.tickets;\n";
    private static final String OWN_LAST_TICKET =
            "coalesce(pg_sequence_last_value('${schema}.tickets'), nextval('${schema}.tickets'))";
    /** Between a look at the sequence and the floor, and between a ticket and the end of what it is for. */
    private static final String SLOWLY = """
            CREATE FUNCTION ${schema}.slowly(p_number bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
            BEGIN
                %1$s    RETURN p_number;
            END $$;
            CREATE FUNCTION ${schema}.dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF random() < 0.2 THEN
                    %1$s    END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER dawdle BEFORE INSERT ON ${schema}.events FOR EACH ROW EXECUTE FUNCTION ${schema}.dawdle();
            """.formatted(SLEEP);

    private final long seed = Long.getLong("headwater.seed", new Random().nextLong());

    @TempDir
    Path folder;

    @Test
    void whatever_happens_to_connections_and_the_server_nothing_is_skipped_lost_repeated_or_reordered()
            throws Exception {
        System.out.println("seed " + seed);
        try (TestServer server = TestServer.start(folder);
                Soak soak = new Soak(server, "soak", seed)) {
            soak.run(() -> {
                Soak.last(MILLIS_BETWEEN_KILLS);
                for (int i = 0; i < KILLS; i++) {
                    server.kill();
                    server.startAgain();
                    Soak.last(MILLIS_BETWEEN_KILLS);
                }
            });
        }
    }

    /** Whatever lies between two steps of a reader or a writer. */
    @Test
    void pauses_between_the_steps_of_writers_and_readers_change_nothing() throws Exception {
        runWith(slowed(functions()));
    }

    /** Shows that the soak finds what it looks for: a reader that looks at the floors first, one that takes each for decided. */
    @Test
    void a_mark_that_overlooks_an_open_append_is_found() {
        String late = slowed(
                functions().replace("    o_pending := l_behind", "    " + LAST_TICKET + "    o_pending := l_behind"));
        String blind = functions().replace("coalesce(l_behind, 0)", "0");
        for (String broken : List.of(late, blind)) {
            assertThatThrownBy(() -> runWith(broken))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageMatching(SKIPPED);
        }
    }

    private void runWith(String functions) throws Exception {
        try (TestServer server = TestServer.start(Files.createTempDirectory(folder, "server"));
                Soak soak = new Soak(server, "soak", seed)) {
            server.execute(
                    functions.replace("${schema}", "soak").replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"));
            soak.run(() -> Soak.last(MILLIS_BETWEEN_KILLS));
        }
    }

    /** With the newest function that tells the mark, which is the one that readers call. */
    private static String functions() {
        String changes = Migration.ALL.get(6).script();
        return Migration.ALL.get(1).script() + changes.substring(changes.indexOf("CREATE FUNCTION ${schema}.head_v2"));
    }

    private static String slowed(String functions) {
        String slow = SLOWLY + functions;
        slow = replaced(slow, LAST_TICKET, LAST_TICKET + SLEEP);
        slow = replaced(slow, "    o_pending := l_behind", SLEEP + "    o_pending := l_behind");
        return replaced(slow, OWN_LAST_TICKET, "${schema}.slowly(" + OWN_LAST_TICKET + ")");
    }

    private static String replaced(String text, String part, String by) {
        assertThat(text).contains(part);
        return text.replace(part, by);
    }
}
