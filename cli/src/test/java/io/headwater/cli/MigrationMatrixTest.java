package io.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.dynamodb.DynamoFixture;
import io.headwater.esdb.EsdbFixture;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.postgres.PostgresFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every backend to every backend, with streams that are deleted, truncated and tombstoned. The events are those of a bank's loan
 * department, from a file beside the checkout; without the file they are invented.
 */
class MigrationMatrixTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data", "bpic2012.ndjson.gz");
    private static final boolean FULL = "full".equals(System.getProperty("headwater.tck.profile"));
    private static final int PART = 5_000;
    private static final String LOSSES = "BOUNDARIES,REPEATS,RECORDED_AT,SNAPSHOTS";

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    /** The URL of a new store of this backend. */
    private String url(String backend) {
        return switch (backend) {
            case "memory" -> kept("memory:" + UUID.randomUUID());
            case "sqlite" -> "sqlite:" + folder.resolve(UUID.randomUUID() + ".db");
            case "postgresql" -> PostgresFixture.url();
            case "dynamodb" -> DynamoFixture.url();
            case "esdb" -> EsdbFixture.url(kept(EsdbServer.start(Profile.V24)));
            default -> throw new IllegalArgumentException(backend);
        };
    }

    /** A memory store ends with the last that has it open. */
    private String kept(String url) {
        open.add(EventStores.open(url));
        return url;
    }

    private EsdbServer kept(EsdbServer server) {
        open.add(server);
        return server;
    }

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @TestFactory
    Stream<DynamicTest> every_backend_is_a_source_and_a_target() throws IOException {
        Path events = folder.resolve("events.ndjson");
        Files.write(events, lines());
        List<String> backends = List.of("memory", "sqlite", "postgresql", "dynamodb", "esdb");
        Map<String, String> sources = new LinkedHashMap<>();
        backends.forEach(backend -> sources.put(backend, filled(url(backend), events)));
        return backends.stream()
                .flatMap(from -> backends.stream()
                        .map(to -> DynamicTest.dynamicTest(
                                from + " to " + to, () -> migrate(sources.get(from), url(to)))));
    }

    private static List<String> lines() throws IOException {
        if (!Files.exists(DATA)) {
            return IntStream.range(0, PART)
                    .mapToObj(i -> "{\"stream\":\"loan-%s\",\"type\":\"T%s\",\"data\":%s}".formatted(i % 300, i % 5, i))
                    .toList();
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(DATA)), StandardCharsets.UTF_8))) {
            return lines.lines().limit(FULL ? Long.MAX_VALUE : PART).toList();
        }
    }

    private static String filled(String url, Path events) {
        CommandRun run = CommandRun.of("import", "-q", events.toString(), "--url", url);
        assertThat(run.exitCode()).as(run.error()).isZero();
        try (EventStore store = EventStores.open(url)) {
            StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
            List<StreamCatalog.StreamInfo> streams =
                    store.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 3);
            admin.delete(streams.get(0).stream(), ExpectedVersion.any());
            admin.tombstone(streams.get(1).stream(), ExpectedVersion.any());
            admin.truncateBefore(streams.get(2).stream(), 3);
        }
        return url;
    }

    private void migrate(String from, String to) {
        Path plan = folder.resolve(UUID.randomUUID() + ".json");
        run("plan", "--name", "m", "--from", from, "--to", to, "--out", plan.toString(), "--accept", LOSSES);
        run("copy", plan.toString(), "--quiet");
        CommandRun verified = run("verify", plan.toString(), "--quiet", "--json");
        assertThat(verified.out()).contains("\"complete\":true,\"equal\":true");
        if (!FULL) {
            assertThat(verified.out()).contains("\"compared\":" + PART + ",");
        }
        assertThat(run("copy", plan.toString(), "--quiet", "--json").out()).contains("\"events\":0,");
    }

    private static CommandRun run(String... command) {
        String[] all = Stream.concat(Stream.of("migrate"), Stream.of(command)).toArray(String[]::new);
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode())
                .as("%s%s%s", run.out(), run.error(), String.join(" ", command))
                .isZero();
        return run;
    }
}
