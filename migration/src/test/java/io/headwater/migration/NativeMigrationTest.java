package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.migration.plan.Finding;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.Note;
import io.headwater.migration.verify.Depth;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between stores that tell and apply changes: nothing about events is lost. */
class NativeMigrationTest {
    private static final StreamId ORDER = StreamId.of("order-1");
    private static final StreamId OTHER = StreamId.of("customer-ann");

    private final EventStore source = EventStores.open("memory:");
    private final EventStore target = EventStores.open("memory:");

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    private Migration migration(EventStore from, EventStore to) {
        return Migration.named("test").from(from).to(to).accept(Loss.SNAPSHOTS).build();
    }

    private static EventData event(int number) {
        return EventData.json("Happened", "{\"n\":" + number + "}");
    }

    @Test
    void events_are_the_same_with_positions_and_times() {
        for (int i = 0; i < 30; i++) {
            source.append(StreamId.of("a-" + i % 4), ExpectedVersion.any(), event(i), event(i));
        }
        source.facet(StreamAdmin.class).orElseThrow().truncateBefore(StreamId.of("a-1"), 4);
        source.append(ORDER, ExpectedVersion.any(), event(1));
        migration(source, target).copy(progress -> {});
        assertThat(target.log(LogQuery.all()))
                .containsExactlyElementsOf(source.log(LogQuery.all()).toList());
        source.append(ORDER, ExpectedVersion.any(), event(2));
        migration(source, target).copy(progress -> {});
        assertThat(target.log(LogQuery.all()))
                .containsExactlyElementsOf(source.log(LogQuery.all()).toList());
        migration(source, target).verify(Depth.FULL).orThrow();
        assertThat(migration(source, target).plan().findings())
                .extracting(Finding::code)
                .containsExactly(Loss.SNAPSHOTS);
    }

    @Test
    void an_append_that_is_repeated_after_the_copy_is_recognised() {
        List<AppendRequest> requests = List.of(
                AppendRequest.to(ORDER, ExpectedVersion.any(), event(1), event(2)),
                AppendRequest.to(ORDER, ExpectedVersion.exactly(2), event(3))
                        .and(OTHER, ExpectedVersion.noStream(), event(4)));
        requests.forEach(source::append);
        migration(source, target).copy(progress -> {});
        requests.forEach(request -> assertThat(target.append(request))
                .allSatisfy(result -> assertThat(result.replayed()).isTrue()));
    }

    @Test
    void a_stream_may_begin_above_1_without_fillers() {
        for (int i = 0; i < 9; i++) {
            source.append(ORDER, ExpectedVersion.any(), event(i));
        }
        source.append(OTHER, ExpectedVersion.any(), event(9));
        StreamAdmin admin = source.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(ORDER, 7);
        admin.delete(OTHER, ExpectedVersion.any());
        source.facet(Scavenger.class).orElseThrow().scavenge();
        migration(source, target).copy(progress -> {});
        assertThat(target.log(LogQuery.all())).hasSize(3);
        assertThat(target.readStream(ORDER)).isEqualTo(source.readStream(ORDER));
        assertThat(target.version(OTHER)).isEqualTo(1);
        migration(source, target).verify(Depth.FULL).orThrow();
    }

    @Test
    void a_target_with_events_of_its_own_gives_new_positions() {
        target.append(OTHER, ExpectedVersion.any(), event(0));
        source.append(ORDER, ExpectedVersion.any(), event(1));
        migration(source, target).copy(progress -> {});
        migration(source, target).verify(Depth.FULL).orThrow();
        assertThat(migration(source, target).plan().findings())
                .extracting(Finding::code)
                .contains(Note.TARGET_NOT_EMPTY, Note.POSITIONS);
    }

    @Test
    void a_source_without_the_facet_keeps_its_times_in_such_a_target() {
        source.append(ORDER, ExpectedVersion.any(), event(1));
        Migration bare = Migration.named("test")
                .from(BareStore.of(source))
                .to(target)
                .accept(Loss.BOUNDARIES, Loss.REPEATS, Loss.SNAPSHOTS)
                .build();
        bare.copy(progress -> {});
        bare.verify(Depth.FULL).orThrow();
        assertThat(target.readStream(ORDER).events().get(0).recordedAt())
                .isEqualTo(source.readStream(ORDER).events().get(0).recordedAt());
    }

    /** Changes the source right after its catalog was read for the first time. */
    private EventStore changingAfterItsCatalogWasRead(Runnable change) {
        AtomicBoolean changed = new AtomicBoolean();
        StreamCatalog real = source.facet(StreamCatalog.class).orElseThrow();
        StreamCatalog changing = new StreamCatalog() {
            @Override
            public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
                List<StreamInfo> before = real.streams(prefix, after, limit);
                if (!changed.getAndSet(true)) {
                    change.run();
                }
                return before;
            }

            @Override
            public List<CategoryInfo> categories() {
                return real.categories();
            }
        };
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] == StreamCatalog.class) {
                        return Optional.of(changing);
                    }
                    try {
                        return method.invoke(source, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void a_source_may_hide_more_while_it_is_copied() {
        for (int i = 0; i < 6; i++) {
            source.append(ORDER, ExpectedVersion.any(), event(i));
            source.append(OTHER, ExpectedVersion.any(), event(i));
        }
        StreamAdmin admin = source.facet(StreamAdmin.class).orElseThrow();
        admin.truncateBefore(ORDER, 2);
        admin.delete(OTHER, ExpectedVersion.any());
        EventStore inUse = changingAfterItsCatalogWasRead(() -> {
            admin.truncateBefore(ORDER, 4);
            admin.tombstone(OTHER, ExpectedVersion.any());
            source.append(ORDER, ExpectedVersion.any(), event(7));
        });
        migration(inUse, target).copy(progress -> {});
        migration(source, target).verify(Depth.FULL).orThrow();
        assertThat(target.readStream(ORDER)).isEqualTo(source.readStream(ORDER));
    }
}
