package io.headwater.spi.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.StreamCatalog.State;
import org.junit.jupiter.api.Test;

/** D1 to D3. */
class StreamBoundsTest {
    private static final StreamBounds FIVE = new StreamBounds(5, 1, false);

    @Test
    void a_truncation_hides_what_is_before_a_version() {
        assertThat(FIVE.truncatedBefore(3)).isEqualTo(new StreamBounds(5, 3, false));
        assertThat(FIVE.truncatedBefore(3).events()).isEqualTo(3);
        assertThat(FIVE.truncatedBefore(3).truncatedBefore(2)).isEqualTo(FIVE.truncatedBefore(3));
        assertThat(FIVE.truncatedBefore(0)).isEqualTo(FIVE);
    }

    @Test
    void a_truncation_beyond_the_end_is_a_delete() {
        assertThat(FIVE.truncatedBefore(Long.MAX_VALUE)).isEqualTo(FIVE.deleted());
        assertThat(FIVE.deleted().live()).isFalse();
        assertThat(FIVE.deleted().events()).isZero();
        assertThat(StreamBounds.NONE.deleted()).isEqualTo(StreamBounds.NONE);
    }

    @Test
    void an_append_after_a_delete_begins_with_the_next_version() {
        StreamBounds again = FIVE.deleted().grown(2);
        assertThat(again).isEqualTo(new StreamBounds(7, 6, false));
        assertThat(again.events()).isEqualTo(2);
    }

    @Test
    void the_catalog_shows_what_can_be_done() {
        assertThat(FIVE.state()).isEqualTo(State.LIVE);
        assertThat(FIVE.deleted().state()).isEqualTo(State.DELETED);
        assertThat(new StreamBounds(5, 6, true).state()).isEqualTo(State.TOMBSTONED);
    }
}
