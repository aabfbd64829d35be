package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentRingTest {
    private static final UUID ID = UUID.fromString("01234567-89ab-4def-8123-456789abcdef");

    @Test
    void an_append_is_remembered_by_its_first_id() {
        RecentRing ring = RecentRing.parse("").with(ID, 41, 3);

        assertThat(ring.text()).matches("[A-Za-z0-9_-]{8}41\\*3");
        assertThat(RecentRing.parse(ring.text())).isEqualTo(ring);
        assertThat(ring.entries().get(0).mayBe(ID)).isTrue();
        assertThat(ring.entries().get(0).mayBe(UUID.randomUUID())).isFalse();
    }

    @Test
    void the_last_ten_are_remembered() {
        RecentRing ring = RecentRing.parse("");
        for (int version = 0; version < 25; version++) {
            ring = ring.with(UUID.randomUUID(), version, 1);
        }

        assertThat(ring.entries())
                .extracting(RecentRing.Entry::afterVersion)
                .containsExactlyElementsOf(
                        IntStream.range(15, 25).mapToObj(n -> (long) n).toList());
        assertThat(AppendMark.parse(ring.text())).isPresent();
    }

    @Test
    void the_place_of_the_ring_is_told_apart_from_a_ring() {
        assertThat(RecentRing.elsewhere(RecentRing.at(4711))).hasValue(4711);
        assertThat(RecentRing.elsewhere("AAAAAAAA41*3")).isEmpty();
        assertThat(RecentRing.parse("@4711").entries()).isEmpty();
    }

    @Test
    void ids_that_begin_alike_are_told_apart() {
        RecentRing.Entry entry = RecentRing.parse("").with(ID, 41, 3).entries().get(0);

        assertThat(entry.mayBe(new UUID(ID.getMostSignificantBits(), ID.getLeastSignificantBits() + 1)))
                .isFalse();
    }
}
