package io.headwater.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How held appends end, and which writers they block. The TCK checks what others see of them. */
class SqliteHeldAppendsTest {
    private static final AppendRequest REQUEST =
            AppendRequest.to(StreamId.of("order-1"), ExpectedVersion.noStream(), EventData.json("Placed", "{}"));

    @TempDir
    Path folder;

    private EventStore store;
    private HeldAppends appends;

    @BeforeEach
    void open() {
        store = EventStores.open(SqliteFixture.url(folder) + "?busyTimeout=50ms");
        appends = store.facet(HeldAppends.class).orElseThrow();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void one_that_is_open_keeps_all_others_waiting() throws SQLException {
        try (HeldAppend held = appends.hold(REQUEST)) {
            assertThat(appends.holdsUpAppends()).isTrue();
            assertThatThrownBy(() -> appends.hold(REQUEST)).isInstanceOf(StoreUnavailable.class);
            assertThatThrownBy(() -> store.append(REQUEST)).isInstanceOf(StoreUnavailable.class);
            held.rollback();
            assertThat(SqliteFixture.isFree(folder)).isTrue();
        }
    }

    @Test
    void one_that_wrote_nothing_says_so_when_it_is_committed() throws SQLException {
        store.append(REQUEST);
        AppendRequest other =
                AppendRequest.to(StreamId.of("order-1"), ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
        try (HeldAppend repeat = appends.hold(REQUEST)) {
            assertThat(((Appended) repeat.commit()).first().replayed()).isTrue();
        }
        try (HeldAppend conflict = appends.hold(other)) {
            assertThat(conflict.commit()).isInstanceOf(Conflict.class);
        }
        assertThat(SqliteFixture.isFree(folder)).isTrue();
        assertThat(store.version(StreamId.of("order-1"))).isEqualTo(1);
    }

    @Test
    void one_that_has_ended_is_not_committed() {
        HeldAppend held = appends.hold(REQUEST);
        held.rollback();
        held.rollback();
        assertThatThrownBy(held::commit).isInstanceOf(IllegalStateException.class);
        assertThat(store.version(StreamId.of("order-1"))).isZero();
    }
}
