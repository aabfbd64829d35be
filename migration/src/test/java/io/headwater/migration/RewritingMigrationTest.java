package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Finding;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.select.Changes;
import io.headwater.migration.select.EventChange;
import io.headwater.migration.select.Selection;
import io.headwater.migration.verify.Depth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that take a part of the streams, and change what they take. */
class RewritingMigrationTest {
    private final EventStore plainSource = EventStores.open("memory:");
    private final EventStore plainTarget = EventStores.open("memory:");
    private EventStore source = plainSource;
    private EventStore target = plainTarget;

    @AfterEach
    void close() {
        plainSource.close();
        plainTarget.close();
    }

    private void bare(boolean bare) {
        source = bare ? BareStore.of(plainSource) : plainSource;
        target = bare ? BareStore.of(plainTarget) : plainTarget;
    }

    private Migration.Builder migration() {
        return Migration.named("part").from(source).to(target).accept(Loss.values());
    }

    private void append(String stream, String type, String data) {
        source.append(StreamId.of(stream), ExpectedVersion.any(), EventData.json(type, data));
    }

    private Stream<String> texts(EventStore store) {
        return store.log(LogQuery.all())
                .map(event -> "%s@%s %s %s"
                        .formatted(
                                event.stream(),
                                event.version(),
                                event.type(),
                                event.data().text()));
    }

    private static void copyAndVerify(Migration migration) {
        migration.copy(progress -> {});
        for (Depth depth : Depth.values()) {
            migration.verify(depth).orThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void some_streams_are_copied_with_what_they_hide_and_the_others_are_not(boolean bare) {
        bare(bare);
        for (String stream : List.of("order-1", "orders-1", "order-2", "customer-ann", "cart-1", "single")) {
            append(stream, "A", "1");
            append(stream, "B", "2");
        }
        StreamAdmin admin = source.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(StreamId.of("order-1"), 2);
        admin.tombstone(StreamId.of("customer-ann"), ExpectedVersion.any());
        admin.delete(StreamId.of("cart-1"), ExpectedVersion.any());
        Migration migration = migration()
                .only(Selection.categories("order")
                        .or(Selection.prefixes("ca"))
                        .or(Selection.streams(StreamId.of("single"))))
                .without(Selection.streams(StreamId.of("order-2")))
                .build();
        copyAndVerify(migration);
        assertThat(texts(target).map(text -> text.substring(0, text.indexOf('@'))))
                .containsExactly("order-1", "order-1", "cart-1", "cart-1", "single", "single");
        assertThat(target.readStream(StreamId.of("order-1")).events()).hasSize(1);
        assertThat(target.readStream(StreamId.of("cart-1")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streams_types_metadata_and_data_are_changed_and_versions_kept(boolean bare) {
        bare(bare);
        source.append(
                StreamId.of("user-b"),
                ExpectedVersion.any(),
                EventData.json("Registred", "{\"email\":\"a@b\",\"n\":1}").withMetadata("u", "x"));
        append("user-b", "Noise", "{\"big\":1}");
        append("order-1", "Placed", "{\"email\":\"kept\"}");
        append("user-a", "Registered", "{\"n\":2}");
        source.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("user-b"), 2);
        Migration migration = migration()
                .change(
                        Changes.renameCategory("user", "account"),
                        Changes.renameStream(StreamId.of("order-1"), StreamId.of("a-first")),
                        Changes.renameType("Registred", "Registered"),
                        Changes.redact("/email").of("Registered"),
                        Changes.renameMetadata("u", "user"),
                        Changes.drop("Noise"))
                .build();
        copyAndVerify(migration);
        assertThat(texts(target))
                .containsExactly(
                        "account-b@1 Registered {\"n\":1}",
                        "account-b@2 Removed {}",
                        "a-first@1 Placed {\"email\":\"kept\"}",
                        "account-a@1 Registered {\"n\":2}");
        RecordedEvent first = target.log(LogQuery.all()).findFirst().orElseThrow();
        assertThat(first.metadata().get("user")).contains("x");
        assertThat(first.metadata().get("u")).isEmpty();
        append("user-b", "Registred", "{}");
        copyAndVerify(migration);
        assertThat(target.readStream(StreamId.of("account-b")).version()).isEqualTo(3);
    }

    @Test
    void a_verification_finds_what_is_missing_under_another_name() {
        append("user-a", "A", "1");
        Migration migration =
                migration().change(Changes.renameCategory("user", "account")).build();
        migration.copy(progress -> {});
        target.append(StreamId.of("account-a"), ExpectedVersion.any(), EventData.json("Foreign", "1"));
        target.append(StreamId.of("user-a"), ExpectedVersion.any(), EventData.json("Foreign", "1"));
        assertThat(migration.verify(Depth.FULL).total()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scavenged_beginnings_of_renamed_streams_keep_their_versions(boolean bare) {
        bare(bare);
        append("user-a", "A", "1");
        append("user-a", "A", "2");
        append("user-a", "A", "3");
        source.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("user-a"), 3);
        source.facet(Scavenger.class).orElseThrow().scavenge();
        copyAndVerify(
                migration().change(Changes.renameCategory("user", "account")).build());
        assertThat(target.readStream(StreamId.of("account-a")).events())
                .extracting(RecordedEvent::version)
                .containsExactly(3L);
    }

    @Test
    void what_cannot_be_changed_is_found_by_the_plan_and_ends_the_copy() {
        append("a-1", "T", "{\"email\":1}");
        append("a-1", "T", "not json");
        Migration migration = migration().change(Changes.redact("/email")).build();
        assertThat(migration.plan().blocks())
                .singleElement()
                .returns(Block.CHANGE, Finding::code)
                .extracting(Finding::examples)
                .asString()
                .contains("version 2 of stream 'a-1' cannot be changed: its data are not valid JSON at byte 1");
        assertThatThrownBy(() -> migration.copy(progress -> {}))
                .isInstanceOf(MigrationRefused.class)
                .hasMessageContaining("version 2 of stream 'a-1'");
        assertThat(texts(target)).as("nothing that should be redacted").noneMatch(text -> text.contains("not json"));
    }

    @Test
    void two_streams_that_would_get_one_id_are_found_by_the_plan() {
        append("user-a", "A", "1");
        append("account-a", "A", "1");
        Migration migration =
                migration().change(Changes.renameCategory("user", "account")).build();
        assertThat(migration.plan().blocks()).extracting(Finding::code).containsExactly(Block.NAME_COLLISION);
    }

    @Test
    void a_plan_with_another_selection_or_change_is_another_plan() {
        append("a-1", "T", "{}");
        migration().build().copy(progress -> {});
        for (EventChange change : List.of(Changes.drop("T"), Changes.redact("/x"), Changes.redact("/x", "1"))) {
            assertThatThrownBy(() -> migration().change(change).build().copy(progress -> {}))
                    .isInstanceOf(MigrationRefused.class)
                    .hasMessageContaining("OTHER_PLAN");
        }
        assertThatThrownBy(() ->
                        migration().only(Selection.categories("a")).build().copy(progress -> {}))
                .hasMessageContaining("OTHER_PLAN");
    }
}
