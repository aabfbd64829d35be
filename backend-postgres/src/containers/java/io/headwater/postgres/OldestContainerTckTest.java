package io.headwater.postgres;

import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class OldestContainerTckTest extends EventStoreTck {
    private static PostgresContainer server;

    @BeforeAll
    static void start() {
        server = PostgresContainer.start("postgres.oldest.image");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected Tck tck() {
        return Tck.of(server.url("tck"));
    }
}
