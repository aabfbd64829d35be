package io.headwater.tck.catalogue.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.headwater.StreamId;
import org.junit.jupiter.api.Test;

/** Rules rely on it that the values are valid, different and in their order. */
class BoundariesTest {
    @Test
    void names_are_different_and_may_follow_any_name() {
        assertThat(Boundaries.MORE_NAMES).doesNotHaveDuplicates().containsAll(Boundaries.NAMES);
        assertThatCode(() -> Boundaries.moreNames("x").forEach(StreamId::of)).doesNotThrowAnyException();
        assertThat(Boundaries.TEXTS).doesNotHaveDuplicates();
    }

    @Test
    void times_terms_and_numbers_grow() {
        assertThat(Boundaries.TIMES).isSorted().doesNotHaveDuplicates();
        assertThat(Boundaries.TERMS).isSorted().doesNotHaveDuplicates();
        assertThat(Boundaries.NUMBERS).isSorted().doesNotHaveDuplicates();
        assertThat(Boundaries.IDS).doesNotHaveDuplicates();
    }
}
