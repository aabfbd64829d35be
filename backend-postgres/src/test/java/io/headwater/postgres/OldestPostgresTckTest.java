package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The oldest server that is supported, whose binaries the module {@code embedded-postgres} puts beside the class path. */
class OldestPostgresTckTest extends EventStoreTck {
    private static final Path BINARIES = Path.of("../embedded-postgres/target/oldest/server.jar");

    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> binaries())
                .start();
    }

    /** The archive in the jar, whose name is that of the platform. */
    private static InputStream binaries() throws IOException {
        try (JarFile jar = new JarFile(BINARIES.toFile())) {
            JarEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(jar.getInputStream(archive).readAllBytes());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void it_is_the_oldest_one() {
        try (EventStore store = EventStores.open(new PostgresFixture.Place(server, "version").url())) {
            assertThat(store.facet(Diagnostics.class).orElseThrow().describe().get("server"))
                    .startsWith("PostgreSQL 15.");
        }
    }

    static String url() {
        return new PostgresFixture.Place(server, PostgresFixture.name()).url();
    }

    @Override
    protected Tck tck() {
        return ServerRules.of(url());
    }
}
