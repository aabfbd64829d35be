package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.StreamId;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final StreamId ORDER = StreamId.of("order-1");

    private final Keys keys = new Keys("shop");

    @Test
    void numbers_sort_like_their_text() {
        List<String> texts = LongStream.of(0, 1, 9, 10, 255, 256, 1L << 40, Long.MAX_VALUE)
                .mapToObj(Key::hex)
                .toList();

        assertThat(texts).isSorted().allSatisfy(text -> assertThat(text).hasSize(16));
        assertThat(Key.number(Key.hex(1L << 40))).isEqualTo(1L << 40);
    }

    @Test
    void a_head_sorts_before_the_events_of_its_stream() {
        assertThat(keys.head(ORDER)).isEqualTo(new Key("shop/s/order-1", "!"));
        assertThat(keys.chunk(ORDER, 17)).isEqualTo(new Key("shop/s/order-1", "0000000000000011"));
        assertThat(List.of(
                        keys.head(ORDER).sk(),
                        keys.emptied(ORDER, 3).sk(),
                        keys.chunk(ORDER, 1).sk()))
                .isSorted();
    }

    @Test
    void a_block_holds_8192_tickets() {
        assertThat(keys.slot(8191)).isEqualTo(new Key("shop/l/0000000000000000/0", "0000000000001fff"));
        assertThat(keys.slot(8192)).isEqualTo(new Key("shop/l/0000000000000001/0", "0000000000002000"));
        assertThat(Keys.endOfBlock(0)).isEqualTo(8191);
        assertThat(Keys.block(Keys.endOfBlock(7))).isEqualTo(7);
        assertThat(Keys.block(Keys.endOfBlock(7) + 1)).isEqualTo(8);
    }

    @Test
    void the_shard_of_a_stream_is_the_first_digit_of_the_hash_of_its_name() {
        assertThat(keys.catalog(ORDER)).isEqualTo(new Key("shop/d/0", "order-1"));
        assertThat(keys.catalog(StreamId.of("order-5")).pk()).isEqualTo("shop/d/f");
        assertThat(keys.catalog(15)).isEqualTo("shop/d/f");
    }

    @Test
    void checkpoints_and_records_have_their_generation_in_their_keys() {
        assertThat(keys.checkpoint("mail", 2, 1))
                .isEqualTo(new Key("shop/c/mail", "p/0000000000000002/0000000000000001"));
        assertThat(keys.records("mail", "parked", 2)).isEqualTo("shop/r/parked/0000000000000002/mail");
        assertThat(keys.subscription("mail")).isEqualTo(new Key("shop/c", "mail"));
    }
}
