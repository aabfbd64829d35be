package io.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("locales")
class RoundTripTest {
    private static final long SEED = 20261123;
    private static final String TIME = "2026-01-31T12:00:00.1+01:00";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void every_payload_comes_back_byte_for_byte(String backend) throws IOException {
        List<Payload> payloads = hostilePayloads();
        try (TestStores from = TestStores.open(backend, folder);
                TestStores to = TestStores.open(backend, folder)) {
            fill(from.store(), payloads);
            Path file = folder.resolve("events.ndjson.gz");
            assertThat(CommandRun.of("export", file.toString(), "--url", from.url())
                            .exitCode())
                    .isZero();
            assertThat(Files.readAllBytes(file)).startsWith(0x1F, 0x8B);
            CommandRun run = CommandRun.of("import", file.toString(), "--url", to.url());
            assertThat(run.exitCode()).as(run.error()).isZero();
            assertThat(events(to.store())).as("seed " + SEED).isEqualTo(events(from.store()));
        }
    }

    @Test
    void an_export_of_an_import_is_the_same_file() {
        try (TestStores from = TestStores.open("memory", folder);
                TestStores to = TestStores.open("memory", folder)) {
            fill(from.store(), hostilePayloads());
            String first = CommandRun.of("export", "--url", from.url()).out();
            CommandRun.with(first, "import", "--url", to.url());
            assertThat(CommandRun.of("export", "-", "--url", to.url()).out()).isEqualTo(first);
            assertThat(CommandRun.with(first, "import", "--url", from.url()).out())
                    .contains("appended                 0");
        }
    }

    private static List<Payload> hostilePayloads() {
        List<Payload> payloads = new ArrayList<>();
        Stream.of(
                        "{\"a\":1,\"a\":2}",
                        "{ \"spaced\" :\t[ 1 ] }",
                        "\"\\ud800 lone\"",
                        "\"e\\u0301 é 😀 \u2028\"",
                        "1e400",
                        "-0.0",
                        "1".repeat(5000),
                        "null",
                        "\"\"",
                        "true",
                        "{\"a\":\n1}",
                        "[1,\r2]",
                        " 1",
                        "1 ",
                        "",
                        "{oops",
                        "\uFEFF1",
                        "[".repeat(600) + "]".repeat(600),
                        "{\"a\":1}{\"b\":2}",
                        "\u0000",
                        "\"\u007f\u009b\"")
                .map(text -> Payload.of(text.getBytes(UTF_8), ContentType.JSON))
                .forEach(payloads::add);
        payloads.add(Payload.of(new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}, ContentType.JSON));
        payloads.add(Payload.binary(new byte[0]));
        payloads.add(Payload.binary("{}".getBytes(UTF_8)));
        Random random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            payloads.add(Payload.of(bytes, random.nextBoolean() ? ContentType.JSON : ContentType.BINARY));
        }
        return payloads;
    }

    private static void fill(EventStore store, List<Payload> payloads) {
        Random random = new Random(SEED);
        for (Payload payload : payloads) {
            StreamId stream = StreamId.of("a \"quoted\\ / ümläut 😀-" + random.nextInt(5));
            EventData event = new EventData(
                    new UUID(random.nextLong(), random.nextLong()), "Typ 'ä' \\ \"", payload, metadata(random));
            store.append(stream, ExpectedVersion.any(), event);
        }
    }

    /** Each event has its time, or raw metadata: an import adds the time to all others. */
    private static Metadata metadata(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Metadata.of(Map.of("occurredAt", TIME));
            case 1 -> Metadata.of(Map.of("occurredAt", "no time", "k\u0000\n", "\u001b[31m"));
            default -> Metadata.decoded("{\"nested\":{}}\n\u0000".getBytes(UTF_8));
        };
    }

    private static List<List<Object>> events(EventStore store) {
        return store.log(LogQuery.all())
                .map(event -> List.<Object>of(
                        event.stream(), event.version(), event.id(), event.type(), event.data(), event.metadata()))
                .toList();
    }

    @Test
    void the_time_of_recording_becomes_the_time_of_an_event_that_has_none() {
        try (TestStores from = TestStores.open("memory", folder);
                TestStores to = TestStores.open("memory", folder)) {
            RecordedEvent event = recorded(from.store());
            CommandRun.with(CommandRun.of("export", "--url", from.url()).output(), "import", "--url", to.url());
            assertThat(to.store()
                            .readStream(event.stream())
                            .events()
                            .get(0)
                            .metadata()
                            .get("occurredAt"))
                    .contains(event.recordedAt().toString());
        }
    }

    private static RecordedEvent recorded(EventStore store) {
        StreamId stream = StreamId.of("a-1");
        store.append(stream, ExpectedVersion.noStream(), EventData.json("T", "{}"));
        return store.readStream(stream).events().get(0);
    }

    @Test
    void a_filtered_export_holds_what_passes() {
        try (TestStores stores = TestStores.open("memory", folder)) {
            for (String stream : List.of("a-1", "a-2", "b-1")) {
                stores.store().append(StreamId.of(stream), ExpectedVersion.any(), EventData.json("T" + stream, "{}"));
            }
            assertThat(CommandRun.of("export", "--category", "a", "--url", stores.url())
                            .lines())
                    .hasSize(2);
            assertThat(CommandRun.of("export", "--type", "Tb-1", "--url", stores.url())
                            .lines())
                    .hasSize(1);
            assertThat(CommandRun.of("export", "--prefix", "a-2", "--url", stores.url())
                            .lines())
                    .hasSize(1);
        }
    }

    @Test
    void an_export_that_fails_leaves_the_old_file_and_nothing_else() throws IOException {
        Path file = Files.writeString(folder.resolve("old.ndjson"), "old");
        CommandRun run = CommandRun.of("export", file.toString(), "--url", "sqlite:" + folder.resolve("missing.db"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Files.readString(file)).isEqualTo("old");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void an_export_replaces_what_a_link_points_to_and_writes_into_devices() throws IOException {
        Path file = Files.writeString(folder.resolve("real.ndjson"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.ndjson"), file);
        assertThat(CommandRun.of("export", link.toString(), "--url", "memory:").out())
                .startsWith("exported 0 events to");
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEmpty();
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            assertThat(CommandRun.of("export", device.toString(), "--url", "memory:")
                            .exitCode())
                    .isZero();
            assertThat(Files.isRegularFile(device)).isFalse();
        }
    }

    @Test
    void compressed_data_are_kept_from_a_terminal() {
        CommandRun run = CommandRun.in(
                Map.of(), new Terminals(false, true, false), new byte[0], "export", "--gzip", "--url", "memory:");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
    }
}
