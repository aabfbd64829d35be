package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.Metadata;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What migration writes beside events is understood on every path, and shown on none. */
class MigratedEventsTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final Instant TIME = Instant.parse("2020-02-03T04:05:06.123456700Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$recordedAt\":\"2020-02-03T04:05:06.123456700Z\",\"a\":\"1\"}",
                "{\"$append\":\"1/2\",\"$recordedAt\":\"2020-02-03T04:05:06.123456700Z\",\"a\":\"1\"}",
                "$append:\n$recordedAt:2020-02-03T04:05:06.123456700Z\n{\"a\":\"1\"}"
            })
    void a_time_in_the_metadata_is_that_of_the_event(String metadata) {
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                OtherTool tool = new OtherTool(server);
                EventStore store = EventStores.open(EsdbFixture.url(server))) {
            tool.appendAt("order-1", "Placed", "{}", metadata);
            List<RecordedEvent> read = Stream.of(
                            store.readStream(STREAM).events().stream(),
                            store.readStream(STREAM, ReadOptions.backwards()).events().stream(),
                            store.log(LogQuery.all()),
                            store.log(LogQuery.all().backwards()),
                            store.log(LogQuery.category("order")),
                            store.log(LogQuery.all().types("Placed")))
                    .flatMap(events -> events)
                    .toList();
            assertThat(read).hasSize(6).allSatisfy(event -> {
                assertThat(event.recordedAt()).isEqualTo(TIME);
                assertThat(event.metadata()).isEqualTo(Metadata.of(Map.of("a", "1")));
            });
            assertThat(store.positionAt(TIME).isAfter(read.get(0).position())).isFalse();
            assertThat(store.positionAt(TIME)).isNotEqualTo(read.get(0).position());
            assertThat(store.positionAt(TIME.plusNanos(100)))
                    .isEqualTo(read.get(0).position());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "projection"})
    void a_filler_is_no_event(String categories) throws InterruptedException {
        try (EsdbServer server = EsdbServer.start(Profile.V24);
                OtherTool tool = new OtherTool(server);
                EventStore store = EventStores.open(EsdbFixture.url(server) + "&categories=" + categories)) {
            server.startProjections();
            tool.append("order-1", EventMessage.FILLER, "{}");
            tool.append("order-1", EventMessage.FILLER, "{}");
            tool.append("order-1", "Placed", "{}");
            tool.append("order-2", EventMessage.FILLER, "{}");
            server.awaitDelivered();
            assertThat(store.version(STREAM)).isEqualTo(3);
            List<RecordedEvent> read = Stream.of(
                            store.readStream(STREAM).events().stream(),
                            store.readStream(STREAM, ReadOptions.backwards()).events().stream(),
                            store.log(LogQuery.all()),
                            store.log(LogQuery.all().backwards()),
                            store.log(LogQuery.category("order")))
                    .flatMap(events -> events)
                    .toList();
            assertThat(read).hasSize(5).extracting(RecordedEvent::version).containsOnly(3L);
            assertThat(store.head()).isEqualTo(read.get(0).position());
            assertThat(store.readStream(STREAM, ReadOptions.forwards().from(2)).events())
                    .hasSize(1);
            assertThat(store.readStream(StreamId.of("order-2")).version()).isEqualTo(1);
            assertThat(store.readStream(StreamId.of("order-2")).events()).isEmpty();
            assertThat(store.facet(StreamCatalog.class).orElseThrow().streams("order-1", Optional.empty(), 2))
                    .singleElement()
                    .satisfies(info -> assertThat(info.events()).isEqualTo(1));
        }
    }
}
