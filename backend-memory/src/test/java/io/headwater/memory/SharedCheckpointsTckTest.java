package io.headwater.memory;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.Replication;
import io.headwater.spi.support.SharedCheckpoints;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.headwater.tck.rule.Need;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** That {@link SharedCheckpoints} are checkpoints, where every instance of a store has its own over one journal. */
class SharedCheckpointsTckTest extends EventStoreTck {
    private static final Map<String, ListJournal> JOURNALS = new ConcurrentHashMap<>();

    private static Backend backend(Clock clock) {
        MemoryStorage storage = MemoryStorage.acquire("shared");
        Backend memory = new MemoryBackend("shared", storage, clock);
        ListJournal journal = JOURNALS.computeIfAbsent(memory.storeId(), absent -> new ListJournal(3));
        CheckpointStore checkpoints = new SharedCheckpoints(memory.storeId(), clock, journal);
        return new ForwardingBackend(memory) {
            @Override
            public CheckpointStore checkpoints() {
                return checkpoints;
            }

            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return type == Replication.class
                        ? Optional.of(type.cast(new MemoryReplication(storage, checkpoints)))
                        : super.facet(type);
            }
        };
    }

    private static final class Control implements StoreControl {
        @Override
        public EventStore open() {
            return EventStores.over("shared", backend(Clock.systemUTC()));
        }

        @Override
        public EventStore open(UnaryOperator<Backend> between) {
            return EventStores.over("shared", between.apply(backend(Clock.systemUTC())));
        }

        @Override
        public EventStore open(Clock clock, LongSupplier nanoTime) {
            return EventStores.over("shared", backend(clock), nanoTime);
        }

        @Override
        public Set<Need> offers() {
            return EnumSet.of(Need.SECOND_INSTANCE, Need.EVENT_CLOCK, Need.LEASE_CLOCK);
        }
    }

    @Override
    protected Tck tck() {
        return Tck.of(new Control())
                .without(Need.RESTART, "the storage ends with its last store")
                .without(Need.SECOND_PROCESS, "the storage ends with its process")
                .without(Need.CONFIGURATION, "it is opened in code")
                .without(Need.PUT_BACK, "the journal is not restored with the events")
                .without(Need.HELD_APPEND, "the storage has no transactions");
    }
}
