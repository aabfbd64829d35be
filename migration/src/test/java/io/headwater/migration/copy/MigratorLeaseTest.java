package io.headwater.migration.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.StoreUnavailable;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void a_lease_is_renewed_while_it_is_open_and_free_afterwards() {
        try (MigratorLease lease = acquire(checkpoints)) {
            assertThatThrownBy(() -> acquire(checkpoints)).isInstanceOf(AnotherMigrator.class);
            lease.check();
        }
        assertThat(checkpoints.holder(NAME)).isEmpty();
        acquire(checkpoints).close();
    }

    @Test
    void the_lease_of_a_process_that_died_is_taken_over_after_its_term() {
        checkpoints.acquire(NAME, "dead", TERM).orElseThrow();
        acquire(checkpoints).close();
    }

    @Test
    void a_process_that_could_not_renew_asks_before_it_writes_again() {
        unreachable.set(true);
        MigratorLease lease = acquire(reachedNowAndThen());
        Holder seen = checkpoints.holder(NAME).orElseThrow();
        assertThat(checkpoints.takeOver(seen, "the other", Duration.ofMinutes(1)))
                .isPresent();
        assertThat(new Stop().await(TERM.plus(TERM))).isFalse();
        assertThatThrownBy(lease::check).isInstanceOf(StoreUnavailable.class);
        unreachable.set(false);
        assertThatThrownBy(lease::check).isInstanceOf(AnotherMigrator.class).hasMessageContaining("took over");
        lease.close();
        assertThat(checkpoints.holder(NAME)).isPresent();
    }
}
