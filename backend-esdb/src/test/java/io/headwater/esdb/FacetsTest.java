package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.CommitPositions;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.InvalidRequest;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.OperationInterrupted;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamId;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other clients of the server do to streams, and how categories, the catalog and diagnostics show it. */
class FacetsTest {
    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final OtherTool other = new OtherTool(server);
    private final EventStore store = EventStores.open(EsdbFixture.url(server));

    @AfterEach
    void close() {
        store.close();
        other.close();
        server.close();
    }

    private Position append(String stream, int count) {
        Position last = Position.START;
        for (int i = 0; i < count; i++) {
            last = store.append(StreamId.of(stream), ExpectedVersion.any(), EventData.json("Placed", "{}"))
                    .position();
        }
        return last;
    }

    private List<StreamInfo> streams() {
        return store.facet(StreamCatalog.class).orElseThrow().streams("", Optional.empty(), 100);
    }

    private static StreamInfo info(String stream, long version, long events, State state) {
        return new StreamInfo(StreamId.of(stream), version, events, state);
    }

    private List<String> category(String name) {
        return store.log(LogQuery.category(name)).map(FacetsTest::text).toList();
    }

    private static String text(RecordedEvent event) {
        return event.stream() + "@" + event.version();
    }

    @Test
    void a_search_of_the_log_that_is_not_answered_is_told() {
        Unanswered search = new Unanswered();
        try (EsdbServer slow = EsdbServer.start(Profile.V24);
                FaultyStore faulty = new FaultyStore(slow, Duration.ofSeconds(20), System::nanoTime, search)) {
            Diagnostics diagnostics = faulty.store().facet(Diagnostics.class).orElseThrow();
            faulty.store().append(StreamId.of("order-1"), ExpectedVersion.any(), EventData.json("Placed", "{}"));
            assertThat(diagnostics.describe()).doesNotContainKey("searching the log since");
            search.next(2);
            Thread reader =
                    new Thread(() -> assertThatThrownBy(() -> faulty.store().readLog(LogQuery.category("order")))
                            .isInstanceOf(OperationInterrupted.class));
            reader.start();
            search.begun().join();
            assertThat(diagnostics.describe()).containsKey("searching the log since");
            reader.interrupt();
        }
    }

    @Test
    void the_catalog_understands_what_other_clients_do() {
        append("order-1", 3);
        append("order-2", 3);
        append("order-3", 3);
        append("order-4", 3);
        append("order-5", 2);
        assertThat(streams()).hasSize(5);
        other.metadata("order-1", "{\"$tb\":2}");
        other.metadata("order-2", "{\"$maxCount\":2}");
        other.delete("order-3");
        other.tombstone("order-4");
        other.metadata("never-written", "{\"$tb\":2}");
        other.append("a\nb", "T", "{}");
        other.append("order-5", "$>", "0@order-1");
        assertThat(streams())
                .containsExactly(
                        info("order-1", 3, 1, State.LIVE),
                        info("order-2", 3, 2, State.LIVE),
                        info("order-3", 3, 0, State.DELETED),
                        info("order-4", 3, 0, State.TOMBSTONED),
                        info("order-5", 3, 3, State.LIVE));
        other.append("order-3", "Again", "{}");
        assertThat(streams()).contains(info("order-3", 4, 1, State.LIVE));
        assertThat(store.facet(StreamCatalog.class).orElseThrow().categories())
                .containsExactly(new StreamCatalog.CategoryInfo("order", 5, 7));
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe())
                .containsEntry("streams", "5")
                .containsEntry("events", "16")
                .containsEntry("unreadable streams", "1")
                .containsEntry("leader", server.authority());
    }

    @Test
    void deletes_and_truncations_keep_what_others_put_into_the_metadata() {
        append("order-1", 3);
        other.metadata("order-1", "{ \"$acl\" : {\"$r\":\"$all\"}, \"mine\":1e3 }");
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(StreamId.of("order-1"), 2);
        assertThat(other.metadata("order-1")).isEqualTo("{ \"$acl\" : {\"$r\":\"$all\"}, \"mine\":1e3 ,\"$tb\":1}");
        admin.delete(StreamId.of("order-1"), ExpectedVersion.exactly(3));
        assertThat(other.metadata("order-1"))
                .startsWith("{ \"$acl\" : {\"$r\":\"$all\"}, \"mine\":1e3 ,\"$tb\":3,\"headwater\":{\"emptied\":[[3,")
                .endsWith("}}");
    }

    @Test
    void a_stream_that_another_client_deleted_keeps_its_version() {
        append("order-1", 3);
        other.delete("order-1");
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        admin.delete(StreamId.of("order-1"), ExpectedVersion.exactly(3));
        admin.truncateBefore(StreamId.of("order-1"), 2);
        append("order-1", 1);
        assertThat(store.readStream(StreamId.of("order-1")).events())
                .extracting(FacetsTest::text)
                .containsExactly("order-1@4");
    }

    @Test
    void a_category_is_complete_whatever_its_links_say() {
        long first = place(append("order-1", 1));
        long second = place(append("order-1", 1));
        long third = place(append("order-2", 1));
        long link = other.appendAt("order-3", "$>", "0@order-1", "");
        long system = other.appendAt("order-3", "$own", "{}", "");
        link(first, "order-1");
        link(second, "order-1", 1);
        link(third, "order-2");
        linkOf(link, "order-3", "0@order-1");
        link(system, "order-3", 1);
        List<String> all = List.of("order-1@1", "order-1@2", "order-2@1", "order-3@1", "order-3@2");
        assertThat(category("order")).isEqualTo(all);
        other.metadata("order-1", "{\"$tb\":1}");
        other.tombstone("order-2");
        append("order-9", 1);
        assertThat(category("order"))
                .startsWith(all.toArray(String[]::new))
                .endsWith("order-9@1")
                .hasSize(6);
        assertThat(store.readLog(LogQuery.category("order").limit(2)).events())
                .extracting(FacetsTest::text)
                .containsExactly("order-1@1", "order-1@2");
    }

    private static long place(Position position) {
        return Positions.number(position);
    }

    private void link(long place, String origin) {
        link(place, origin, 0);
    }

    private void link(long place, String origin, long revision) {
        linkOf(place, origin, revision + "@" + origin);
    }

    /** As the projection writes it. That of a link points to the target of the link. */
    private void linkOf(long place, String origin, String target) {
        other.appendAt(
                "$ce-order",
                "$>",
                target,
                "{\"$v\":\"1:-1:1:4\",\"$c\":%s,\"$p\":%s,\"$o\":\"%s\"}".formatted(place, place, origin));
    }

    @Test
    void a_commit_position_is_one_at_which_a_record_lies() {
        Position position = append("order-1", 2);
        CommitPositions commits = store.facet(CommitPositions.class).orElseThrow();
        assertThat(commits.at(place(position))).isEqualTo(position);
        long metadata = other.appendAt("$$order-1", "$metadata", "{}", "");
        assertThat(commits.at(metadata)).isEqualTo(position);
        for (long none : new long[] {-1, 0, 1, place(position) + 1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> commits.at(none))
                    .isInstanceOf(InvalidRequest.class)
                    .hasMessageContaining("no record lies at commit position " + none);
        }
    }

    @Test
    void diagnostics_name_the_way_in_which_categories_are_read() {
        append("order-1", 1);
        Map<String, String> facts = store.facet(Diagnostics.class).orElseThrow().describe();
        assertThat(facts).containsEntry("categories", "projection, whose checkpoint cannot be read");
        long place = place(store.head());
        other.appendAt(
                "$projections-$by_category-checkpoint",
                "$ProjectionCheckpoint",
                "{}",
                "{\"$v\":\"1:-1:1:4\",\"$c\":%s,\"$p\":%s}".formatted(place - 10, place - 10));
        assertThat(store.facet(Diagnostics.class).orElseThrow().describe())
                .containsEntry("categories", "projection, at most 10 bytes behind")
                .containsEntry("head", "C:%s/P:%s".formatted(place, place));
    }

    @Test
    void an_empty_page_of_a_category_comes_further() {
        long first = place(append("order-1", 1));
        append("invoice-1", 3);
        link(first, "order-1");
        LogPage page = store.readLog(LogQuery.category("order").after(Positions.of(first)));
        assertThat(page.events()).isEmpty();
        assertThat(page.scannedTo()).isEqualTo(store.head());
    }
}
