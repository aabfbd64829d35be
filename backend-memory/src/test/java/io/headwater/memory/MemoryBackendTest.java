package io.headwater.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendRequest;
import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What this backend promises beyond the contract: how long a storage lives, who shares it, and that followers are told. */
class MemoryBackendTest {
    private static final StreamId STREAM = StreamId.of("stream-1");

    @Test
    void stores_of_one_name_share_their_events() {
        try (EventStore one = EventStores.open("memory:shared");
                EventStore other = EventStores.open("memory:shared")) {
            write(one);
            assertThat(other.version(STREAM)).isEqualTo(1);
        }
    }

    @Test
    void a_storage_lives_as_long_as_one_of_its_stores_is_open() {
        EventStore first = EventStores.open("memory:lives");
        write(first);
        EventStore second = EventStores.open("memory:lives");
        first.close();
        try (EventStore third = EventStores.open("memory:lives")) {
            second.close();
            assertThat(third.version(STREAM)).isEqualTo(1);
        }
        try (EventStore afterwards = EventStores.open("memory:lives")) {
            assertThat(afterwards.version(STREAM)).isZero();
        }
    }

    @Test
    void a_store_without_a_name_has_its_own_events() {
        try (EventStore one = EventStores.open("memory:");
                EventStore other = EventStores.open("memory:")) {
            write(one);
            assertThat(other.version(STREAM)).isZero();
        }
    }

    @Test
    void a_host_is_refused_with_what_to_write_instead() {
        assertThatThrownBy(() -> EventStores.open("memory://name"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("write memory:name");
    }

    @Test
    void an_append_tells_those_who_follow_until_they_no_longer_do() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (Backend backend = MemoryFixture.open("")) {
            AutoCloseable following = backend.onAppend(told::incrementAndGet);
            backend.append(request());
            following.close();
            backend.append(request());
        }
        assertThat(told).hasValue(1);
    }

    private static AppendRequest request() {
        return AppendRequest.to(STREAM, ExpectedVersion.any(), EventData.json("Happened", "{}"));
    }

    private static void write(EventStore store) {
        store.append(request());
    }
}
