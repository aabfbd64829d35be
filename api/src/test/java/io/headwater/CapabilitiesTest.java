package io.headwater;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.spi.CapabilityFacets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private static final Capabilities ALL = Capabilities.of(Limits.MIN).with(Support.NATIVE, Capability.values());
    private static final Capabilities SOME = new Capabilities(
            Map.of(Capability.SNAPSHOTS, Support.EMULATED),
            Idempotency.BEST_EFFORT,
            LogVisibility.eventual(Duration.ofSeconds(1)),
            new Limits(1, 1, 1, 1));

    @Test
    void have_not_what_they_do_not_name() {
        assertThat(SOME.support(Capability.SCAVENGE)).isEqualTo(Support.NONE);
        assertThat(SOME.supports(Capability.SCAVENGE)).isFalse();
        assertThat(SOME.supports(Capability.SNAPSHOTS)).isTrue();
        assertThat(ALL.with(Support.NONE, Capability.SCAVENGE).supports(Capability.SCAVENGE))
                .isFalse();
    }

    @Test
    void tell_what_is_missing() {
        assertThat(SOME.missing(List.of(Capability.SNAPSHOTS, Capability.SCAVENGE, Capability.STREAM_ADMIN)))
                .containsExactly(Capability.STREAM_ADMIN, Capability.SCAVENGE);
        assertThat(ALL.missing(List.of(Capability.values()))).isEmpty();
    }

    @Test
    void refuse_what_is_required_and_missing() {
        assertThatThrownBy(() -> SOME.require(Capability.SCAVENGE, Capability.SNAPSHOTS, Capability.STREAM_ADMIN))
                .isInstanceOfSatisfying(
                        UnsupportedCapability.class,
                        refusal -> assertThat(refusal.missing())
                                .containsExactlyInAnyOrder(Capability.SCAVENGE, Capability.STREAM_ADMIN))
                .hasMessageContaining("stream administration, scavenge;");
        assertThatCode(() -> ALL.require(Capability.values())).doesNotThrowAnyException();
        assertThatCode(() -> SOME.require()).doesNotThrowAnyException();
    }

    @Test
    void intersect_to_the_lesser_of_both() {
        assertThat(ALL.intersect(SOME)).isEqualTo(SOME);
        assertThat(SOME.intersect(ALL)).isEqualTo(SOME);
        assertThat(SOME.intersect(SOME)).isEqualTo(SOME);
        assertThat(ALL.intersect(ALL)).isEqualTo(ALL);
    }

    @Test
    void reserve_the_ids_that_begin_with_the_prefix() {
        Capabilities reserving = ALL.reserving("own:");
        assertThat(reserving.reservedPrefix()).contains("own:");
        assertThat(reserving.reserves(StreamId.of("own:"))).isTrue();
        assertThat(reserving.reserves(StreamId.of("own:1"))).isTrue();
        assertThat(reserving.reserves(StreamId.of("own"))).isFalse();
        assertThat(reserving.reserves(StreamId.of("Own:1"))).isFalse();
        assertThat(reserving.with(Support.NONE, Capability.SCAVENGE).reservedPrefix())
                .contains("own:");
        assertThat(ALL.reserves(StreamId.of("own:1"))).isFalse();
        assertThatThrownBy(() -> reserving.check(StreamId.of("own:1")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("stream id 'own:1' begins with 'own:', which this store reserves");
        assertThatCode(() -> reserving.check(StreamId.of("own"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ALL.reserving("")).isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> ALL.reserving("$own")).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void intersect_to_what_either_reserves() {
        Capabilities own = ALL.reserving("own:");
        assertThat(own.intersect(ALL).reservedPrefix()).contains("own:");
        assertThat(ALL.intersect(own).reservedPrefix()).contains("own:");
        assertThat(own.intersect(ALL.reserving("own")).reservedPrefix()).contains("own");
        assertThat(ALL.reserving("own").intersect(own).reservedPrefix()).contains("own");
        assertThatThrownBy(() -> own.intersect(ALL.reserving("other:")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("one store reserves ids that begin with 'own:', the other 'other:'");
    }

    @Test
    void are_equal_however_the_absent_is_written() {
        assertThat(SOME.with(Support.NONE, Capability.SCAVENGE)).isEqualTo(SOME).hasSameHashCodeAs(SOME);
    }

    @Test
    void list_what_they_have_in_the_order_of_declaration() {
        assertThat(ALL.support().keySet()).containsExactly(Capability.values());
    }

    @Test
    void do_not_change_with_the_map_they_were_made_of() {
        Map<Capability, Support> support = new EnumMap<>(Capability.class);
        Capabilities made = new Capabilities(support, Idempotency.ALWAYS, LogVisibility.IMMEDIATE, Limits.MIN);
        support.put(Capability.SCAVENGE, Support.NATIVE);
        assertThat(made.supports(Capability.SCAVENGE)).isFalse();
        assertThatThrownBy(() -> made.support().put(Capability.SCAVENGE, Support.NATIVE))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void each_have_a_title_and_at_most_one_facet() {
        for (Capability capability : Capability.values()) {
            assertThat(capability.title()).isEqualTo(capability.title().toLowerCase(java.util.Locale.ROOT));
            CapabilityFacets.of(capability)
                    .ifPresent(
                            facet -> assertThat(CapabilityFacets.behind(facet)).contains(capability));
        }
        assertThat(CapabilityFacets.behind(Runnable.class)).isEmpty();
    }
}
