package io.headwater.internal.subscription.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.InvalidRequest;
import io.headwater.internal.subscription.audit.Digest.Difference;
import io.headwater.spi.Positions;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static UUID id(long position) {
        return new UUID(position * 31, position);
    }

    private static long number(Difference difference) {
        return Positions.number(difference.position());
    }

    private static Digest of(LongStream positions) {
        Digest digest = new Digest();
        positions.forEach(position -> digest.add(Positions.of(position), id(position)));
        return digest;
    }

    @Test
    void the_same_events_in_another_order_leave_nothing() {
        Digest backwards = of(LongStream.range(0, 10_000).map(i -> 10_000 - i));
        assertThat(of(LongStream.rangeClosed(1, 10_000)).minus(backwards).isEmpty())
                .isTrue();
    }

    @Test
    void what_is_missing_and_what_is_there_twice_is_named_with_its_sign() {
        Digest difference = of(LongStream.rangeClosed(1, 1000))
                .minus(of(LongStream.concat(
                        LongStream.rangeClosed(1, 1000).filter(i -> i % 100 != 0), LongStream.of(7, 8, 9))));
        List<Difference> found = difference.takeOut();
        assertThat(difference.isEmpty()).isTrue();
        assertThat(found)
                .filteredOn(one -> one.times() == 1)
                .extracting(DigestTest::number)
                .containsExactlyInAnyOrder(100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L, 1000L);
        assertThat(found)
                .filteredOn(one -> one.times() == -1)
                .extracting(DigestTest::number)
                .containsExactlyInAnyOrder(7L, 8L, 9L);
    }

    @Test
    void one_in_place_of_another_at_the_same_position_is_two_differences() {
        Digest other = of(LongStream.of(1, 3));
        other.add(Positions.of(2), UUID.nameUUIDFromBytes(new byte[] {1}));
        Digest difference = of(LongStream.of(1, 2, 3)).minus(other);
        assertThat(difference.takeOut()).extracting(DigestTest::number).containsExactly(2L, 2L);
        assertThat(difference.isEmpty()).isTrue();
    }

    /** Whatever is named is true, and what is not named stays to be seen. */
    @Test
    void more_differences_than_fit_are_never_lost_and_never_made_up() {
        for (int many = 1; many < 400; many++) {
            long first = many * 1000L;
            Digest difference = of(LongStream.range(first, first + many)).minus(new Digest());
            List<Difference> found = difference.takeOut();
            assertThat(found)
                    .extracting(DigestTest::number)
                    .doesNotHaveDuplicates()
                    .allMatch(position -> position >= first && position < first + many(first));
            assertThat(difference.isEmpty()).as("%s differences", many).isEqualTo(found.size() == many);
        }
    }

    private static long many(long first) {
        return first / 1000;
    }

    @Test
    void some_twenty_differences_can_be_told() {
        for (int seed = 1; seed <= 200; seed++) {
            Digest difference =
                    of(LongStream.range(seed * 100L, seed * 100L + 20)).minus(new Digest());
            assertThat(difference.takeOut()).hasSize(20);
        }
    }

    @Test
    void an_event_that_is_there_three_times_does_not_vanish() {
        Digest difference = of(LongStream.of(5)).minus(of(LongStream.of(5, 5, 5)));
        assertThat(difference.takeOut()).isEmpty();
        assertThat(difference.isEmpty()).isFalse();
    }

    @Test
    void its_text_brings_it_back_and_damage_is_refused() {
        Digest digest = of(LongStream.rangeClosed(1, 100));
        assertThat(Digest.decoded(digest.encoded()).minus(digest).isEmpty()).isTrue();
        assertThatThrownBy(() -> Digest.decoded("%%%"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("not Base64");
        assertThatThrownBy(() -> Digest.decoded("AAAA"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("size");
    }
}
