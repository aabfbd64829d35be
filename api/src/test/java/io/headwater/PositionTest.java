package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    @Test
    void sorts_like_its_text() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Position one = any(random);
            Position other = any(random);
            assertThat(Integer.signum(one.compareTo(other)))
                    .as("seed %s", seed)
                    .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
            assertThat(one.isAfter(other)).as("seed %s", seed).isEqualTo(one.value() > other.value());
            assertThat(Position.parse(one.toString())).as("seed %s", seed).isEqualTo(one);
        }
    }

    private static Position any(Random random) {
        return Position.of(random.nextLong() >>> 1 + random.nextInt(63));
    }

    @Test
    void writes_its_ends_in_full() {
        assertThat(Position.START).hasToString("0000000000000000");
        assertThat(Position.of(Long.MAX_VALUE)).hasToString("7fffffffffffffff");
        assertThat(Position.parse("7fffffffffffffff")).isEqualTo(Position.of(Long.MAX_VALUE));
        assertThat(Position.of(Long.MAX_VALUE).isAfter(Position.START)).isTrue();
        assertThat(Position.of(0)).isSameAs(Position.START);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "000000000000000",
                "00000000000000000",
                "8000000000000000",
                "ffffffffffffffff",
                "000000000000000A",
                "000000000000000g",
                " 000000000000000",
                "0000000000000000\n",
                "+000000000000001",
                "-000000000000001",
                "\u0660000000000000000"
            })
    void refuses_other_text(String text) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("is not a position")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("\n"));
    }

    @Test
    void refuses_null_and_negative_numbers() {
        assertThatThrownBy(() -> Position.parse(null)).isInstanceOf(InvalidRequest.class);
        for (long value : List.of(-1L, Long.MIN_VALUE)) {
            assertThatThrownBy(() -> Position.of(value)).isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void is_equal_by_its_number() {
        assertThat(Position.of(5))
                .isEqualTo(Position.of(5))
                .hasSameHashCodeAs(Position.of(5))
                .isNotEqualTo(Position.of(6));
    }
}
