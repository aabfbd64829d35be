package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedVersionTest {

    @ParameterizedTest(name = "version {0}, live {1}")
    @CsvSource({
        // version, live, any, noStream, streamExists, exactly(3)
        "0, false, true, true, false, false",
        "2, true, true, false, true, false",
        "3, true, true, false, true, true",
        "3, false, true, true, false, true",
        "9223372036854775807, true, true, false, true, false",
    })
    void accepts_what_it_says(long version, boolean live, boolean any, boolean none, boolean exists, boolean three) {
        assertThat(ExpectedVersion.any().accepts(version, live)).isEqualTo(any);
        assertThat(ExpectedVersion.noStream().accepts(version, live)).isEqualTo(none);
        assertThat(ExpectedVersion.streamExists().accepts(version, live)).isEqualTo(exists);
        assertThat(ExpectedVersion.exactly(3).accepts(version, live)).isEqualTo(three);
    }

    @Test
    void spells_exactly_zero_as_no_stream() {
        assertThat(ExpectedVersion.exactly(0)).isSameAs(ExpectedVersion.noStream());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refuses_a_negative_version(long version) {
        assertThatThrownBy(() -> ExpectedVersion.exactly(version))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(Long.toString(version));
    }

    @Test
    void refuses_an_exact_zero_that_would_not_equal_no_stream() {
        assertThatThrownBy(() -> new ExpectedVersion.Exactly(0)).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void is_equal_by_what_it_says() {
        assertThat(ExpectedVersion.exactly(7))
                .isEqualTo(ExpectedVersion.exactly(7))
                .isNotEqualTo(ExpectedVersion.exactly(8));
        assertThat(ExpectedVersion.exactly(Long.MAX_VALUE)).hasToString("version 9223372036854775807");
        assertThat(ExpectedVersion.any()).hasToString("any version");
        assertThat(ExpectedVersion.noStream()).hasToString("no stream");
        assertThat(ExpectedVersion.streamExists()).hasToString("an existing stream");
    }
}
