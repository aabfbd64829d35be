package io.headwater.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BulkImport;
import io.headwater.ConfigurationException;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StoreClosed;
import io.headwater.StoreSchema;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.HeldAppends;
import io.headwater.testing.TestProviders.Tiny;
import io.headwater.testing.TinyBackend;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReadOnlyStoreTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    @Test
    void tells_the_backend_that_it_is_opened_read_only() {
        EventStores.openReadOnly("tiny:x").close();
        assertThat(Tiny.lastContext.readOnly()).isTrue();
        EventStores.open("tiny:x?access=read").close();
        assertThat(Tiny.lastContext.readOnly()).isTrue();
        EventStores.openReadOnly("tiny:x?access=write").close();
        assertThat(Tiny.lastContext.readOnly()).isTrue();
        EventStores.open("tiny:x?access=write").close();
        assertThat(Tiny.lastContext.readOnly()).isFalse();
        EventStores.open("tiny:x").close();
        assertThat(Tiny.lastContext.readOnly()).isFalse();
    }

    @Test
    void reads_the_option_from_the_environment() {
        Map<String, String> variables = Map.of("HEADWATER_URL", "tiny:x", "HEADWATER_ACCESS", "read");
        try (EventStore store = EventStores.open(EventStoreConfig.fromEnvironment(variables))) {
            assertThat(store.isReadOnly()).isTrue();
        }
    }

    @Test
    void says_how_the_option_is_written() {
        assertThatThrownBy(() -> EventStores.open("tiny:x?access=ro"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option 'access' has the value 'ro', allowed is write | read");
        assertThatThrownBy(() -> EventStores.openReadOnly("greedy:x"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("backend 'greedy' declares the option 'access', which every store has");
    }

    @Test
    void refuses_an_append_before_the_backend_is_asked() {
        TinyBackend backend = new TinyBackend();
        EventStore store = EventStores.readOnlyOver("tiny", backend);
        assertThatThrownBy(() -> store.append(STREAM, ExpectedVersion.any(), EventData.json("T", "{}")))
                .isInstanceOfSatisfying(UnsupportedCapability.class, refused -> {
                    assertThat(refused.missing()).isEmpty();
                    assertThat(refused.backend()).contains("tiny");
                    assertThat(refused.operation()).contains("append");
                    assertThat(refused.affectedStream()).contains(STREAM);
                })
                .hasMessageStartingWith("the store was opened read-only, and this would write");
        assertThat(backend.calls).noneMatch(call -> call.contains("append"));
    }

    @Test
    void says_that_it_is_closed_when_it_is() {
        EventStore store = EventStores.readOnlyOver("tiny", new TinyBackend());
        store.close();
        assertThatThrownBy(() -> store.append(STREAM, ExpectedVersion.any(), EventData.json("T", "{}")))
                .isInstanceOf(StoreClosed.class);
    }

    /** A method that is added to a facet is refused until it is listed as reading; here all that exist are listed. */
    @Test
    void knows_which_methods_of_facets_only_read() {
        List<Class<?>> facets = List.of(
                BulkImport.class,
                CheckpointStore.class,
                Diagnostics.class,
                HeldAppends.class,
                Scavenger.class,
                SnapshotStore.class,
                StreamAdmin.class,
                StreamCatalog.class);
        Set<String> reading = new TreeSet<>();
        facets.forEach(facet -> Arrays.stream(facet.getMethods())
                .map(Method::getName)
                .filter(method -> !FacetTable.mayWrite(facet, method))
                .forEach(method -> reading.add(facet.getSimpleName() + "." + method)));
        assertThat(reading)
                .containsExactly(
                        "CheckpointStore.holder",
                        "CheckpointStore.holders",
                        "CheckpointStore.list",
                        "CheckpointStore.load",
                        "CheckpointStore.records",
                        "Diagnostics.describe",
                        "HeldAppends.holdsUpAppends",
                        "SnapshotStore.load",
                        "StreamCatalog.categories",
                        "StreamCatalog.streams");
    }

    @Test
    void makes_no_tables() {
        StoreSchema made = new StoreSchema() {
            @Override
            public String script() {
                return "CREATE";
            }

            @Override
            public OptionalInt format() {
                return OptionalInt.empty();
            }

            @Override
            public int newestFormat() {
                return 1;
            }

            @Override
            public List<String> missing() {
                return List.of("V1");
            }

            @Override
            public List<String> apply() {
                return List.of("V1");
            }
        };
        StoreSchema schema = new GuardedSchema("tiny", made, true);
        assertThat(schema.script()).isEqualTo("CREATE");
        assertThat(schema.missing()).containsExactly("V1");
        assertThatThrownBy(schema::apply)
                .isInstanceOf(UnsupportedCapability.class)
                .hasMessageContaining("opened read-only");
        assertThat(new GuardedSchema("tiny", made, false).apply()).containsExactly("V1");
    }
}
