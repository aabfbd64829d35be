package io.headwater.migration.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.StoreUnavailable;
import io.headwater.spi.CheckpointStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigratorLeaseTest {
    private static final String NAME = "migration/m";
    private static final Duration TERM = Duration.ofMillis(300);

    private final EventStore store = EventStores.open("memory:");
    private final CheckpointStore checkpoints =
            store.facet(CheckpointStore.class).orElseThrow();
    private final AtomicBoolean unreachable = new AtomicBoolean();

    @AfterEach
    void close() {
        store.close();
    }

    /** The same, but that no lease can be renewed while the store is unreachable. */
    private CheckpointStore reachedNowAndThen() {
        return (CheckpointStore) Proxy.newProxyInstance(
                CheckpointStore.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("renew") && unreachable.get()) {
                        throw new StoreUnavailable("not reachable", null);
                    }
                    try {
                        return method.invoke(checkpoints, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static MigratorLease acquire(CheckpointStore in) {
        return MigratorLease.acquire(in, NAME, new Stop(), TERM);
    }

    private static void poll(BooleanSupplier done) {
        Stop pause = new Stop();
        for (int i = 0; i < 600 && !done.getAsBoolean(); i++) {
            assertThat(pause.await(TERM.dividedBy(6))).isFalse();
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    @Test
    void a_lease_is_renewed_while_it_is_open() {
        try (MigratorLease lease = acquire(checkpoints)) {
            poll(() -> checkpoints
                    .holder(NAME)
                    .filter(holder -> holder.renewals() > 0)
                    .isPresent());
            lease.check();
        }
    }

    @Test
    void a_lease_that_is_held_is_not_waited_for_when_the_run_is_to_end_and_is_free_afterwards() {
        Stop end = new Stop();
        end.request();
        try (MigratorLease lease = MigratorLease.acquire(checkpoints, NAME, new Stop(), Duration.ofHours(1))) {
            assertThatThrownBy(() -> MigratorLease.acquire(checkpoints, NAME, end, TERM))
                    .isInstanceOf(AnotherMigrator.class);
            lease.check();
        }
        assertThat(checkpoints.holder(NAME)).isEmpty();
        acquire(checkpoints).close();
    }

    @Test
    void the_lease_of_a_process_that_died_is_taken_over_after_its_term() {
        assertThat(checkpoints.acquire(NAME, "dead", TERM)).isPresent();
        acquire(checkpoints).close();
    }

    @Test
    void a_process_that_could_not_renew_asks_before_it_writes_again() {
        unreachable.set(true);
        MigratorLease lease = acquire(reachedNowAndThen());
        poll(() -> checkpoints.acquire(NAME, "the other", Duration.ofHours(1)).isPresent());
        assertThat(new Stop().await(TERM.plus(TERM))).isFalse();
        assertThatThrownBy(lease::check).isInstanceOf(StoreUnavailable.class);
        unreachable.set(false);
        assertThatThrownBy(lease::check).isInstanceOf(AnotherMigrator.class).hasMessageContaining("took over");
        lease.close();
        assertThat(checkpoints.holder(NAME)).isPresent();
    }
}
