package io.headwater.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdTableTest {
    private static final long SEED = 42;

    @Test
    void it_holds_what_a_hash_set_holds() {
        IdTable ids = new IdTable(0);
        Set<UUID> model = new HashSet<>();
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            UUID id = new UUID(random.nextInt(100), random.nextInt(100));
            assertThat(ids.contains(id)).as("seed " + SEED).isEqualTo(model.contains(id));
            assertThat(ids.add(id)).as("seed " + SEED).isEqualTo(model.add(id));
            assertThat(ids.size()).isEqualTo(model.size());
        }
        assertThat(model).contains(new UUID(0, 0)).allMatch(ids::contains);
    }

    @Test
    void counting_ids_do_not_crowd_together() {
        IdTable ids = new IdTable(0);
        for (long i = 1; i <= 1_000_000; i++) {
            assertThat(ids.add(new UUID(0x8000L, i << 32))).isTrue();
        }
        assertThat(ids.size()).isEqualTo(1_000_000);
    }
}
