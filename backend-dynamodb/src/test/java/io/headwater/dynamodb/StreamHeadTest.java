package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.BackendFailure;
import io.headwater.StreamId;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamHeadTest {
    private static final StreamId STREAM = StreamId.of("s".repeat(200));
    private static final Keys KEYS = new Keys("headwater");

    private static Item item() {
        return Item.at(KEYS.head(STREAM))
                .with(StreamHead.VERSION, 12)
                .with(StreamHead.FIRST, 4)
                .with(StreamHead.TICKET, 77);
    }

    @Test
    void a_stream_without_a_head_was_never_written() {
        StreamHead head = StreamHead.of(STREAM, Optional.empty());

        assertThat(head.exists()).isFalse();
        assertThat(head.bounds()).isEqualTo(StreamBounds.NONE);
        assertThat(head.recent()).isEmpty();
        assertThat(head.scavenged()).isEqualTo(1);
    }

    @Test
    void a_head_says_what_can_be_read() {
        StreamHead head = StreamHead.of(STREAM, item());

        assertThat(head.bounds()).isEqualTo(new StreamBounds(12, 4, false));
        assertThat(head.ticket()).isEqualTo(77);
        assertThat(StreamHead.of(STREAM, item().with(StreamHead.STATE, StreamHead.TOMBSTONED))
                        .bounds()
                        .tombstoned())
                .isTrue();
    }

    @Test
    void a_full_head_takes_one_kilobyte() {
        byte[] recent = null;
        EmptiedVersions emptied = EmptiedVersions.of(null);
        for (int i = 0; i < EmptiedVersions.MAX; i++) {
            recent = RecentAppends.with(recent, UUID.randomUUID(), i, 1);
            emptied = emptied.and(i);
        }
        Item full = item().with(StreamHead.VERSION, Long.MAX_VALUE)
                .with(StreamHead.FIRST, Long.MAX_VALUE)
                .with(StreamHead.TICKET, Long.MAX_VALUE >> 16)
                .with(StreamHead.SCAVENGED, Long.MAX_VALUE)
                .with(StreamHead.RECENT, recent)
                .with(StreamHead.EMPTIED, emptied.bytes())
                .with(StreamHead.OLDER, 1);

        assertThat(emptied.isFull()).isTrue();
        assertThat(EmptiedVersions.of(emptied.bytes())).isEqualTo(emptied);
        assertThat(ItemSize.of(full)).isLessThanOrEqualTo(1 << 10);
    }

    @Test
    void a_damaged_head_is_told() {
        Item damaged = Item.at(KEYS.head(STREAM)).with(StreamHead.VERSION, "text");

        assertThatThrownBy(() -> StreamHead.of(STREAM, damaged))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("is damaged in the storage");
    }
}
