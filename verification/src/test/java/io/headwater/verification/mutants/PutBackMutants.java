package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Positions;
import io.headwater.spi.RecordChange;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mutants that cache values above the storage, and still use them after the storage was restored to an earlier state
 * (D4, K5).
 */
final class PutBackMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "what was read once is believed for ever",
                    new String[] {"K5.1", "K5.2", "K5.3", "K5.7"},
                    Believing::new),
            Mutant.of("checkpoints are remembered above the storage", new String[] {"K5.4"}, KeepingCheckpoints::new),
            Mutant.of("what was removed was never decided", new String[] {"D4.14"}, DecidedAsShown::new),
            Mutant.of("the head never goes back", new String[] {"K5.5"}, NeverBack::new),
            Mutant.of(
                    "a place in the log keeps the stream that it had", new String[] {"K5.6"}, RememberingStreams::new));

    private PutBackMutants() {}

    /** The events of streams, and how far the log was decided, come from memory. */
    private static final class Believing extends ForwardingBackend {
        private final Map<String, StreamPage> pages = new ConcurrentHashMap<>();
        private final AtomicLong decided = new AtomicLong();

        Believing(Backend sound) {
            super(sound);
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = sound.readLog(from, direction, filter, limit);
            page.events().forEach(this::believe);
            if (direction == Direction.FORWARDS) {
                decidedUpTo(page.scannedTo());
            }
            return page;
        }

        @Override
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            StreamPage page = sound.readStream(stream, direction, from, limit);
            page.events().forEach(this::believe);
            boolean lookedFor = direction == Direction.FORWARDS && limit == 1;
            return lookedFor ? pages.getOrDefault(key(stream, from), page) : page;
        }

        private void believe(RecordedEvent event) {
            pages.putIfAbsent(key(event.stream(), event.version()), new StreamPage(event.version(), 1, List.of(event)));
        }

        private static String key(StreamId stream, long version) {
            return stream + " " + version;
        }

        @Override
        public Position lastDecided() {
            return decidedUpTo(sound.lastDecided());
        }

        private Position decidedUpTo(Position position) {
            return Positions.of(decided.accumulateAndGet(Positions.number(position), Math::max));
        }
    }

    /** Checkpoints are never behind those that were saved through this store. */
    private static final class KeepingCheckpoints extends ForwardingBackend {
        private final Map<String, Position> saved = new ConcurrentHashMap<>();

        KeepingCheckpoints(Backend sound) {
            super(sound);
        }

        @Override
        public CheckpointStore checkpoints() {
            CheckpointStore store = sound.checkpoints();
            CheckpointStore noting = altered(CheckpointStore.class, store, "save", arguments -> {
                Lease lease = (Lease) arguments[0];
                Position position = (Position) arguments[2];
                note(lease.subscription(), position);
                return store.save(lease, (int) arguments[1], position, changes(arguments));
            });
            return altered(
                    CheckpointStore.class,
                    noting,
                    "load",
                    arguments -> store.load((String) arguments[0]).stream()
                            .map(this::kept)
                            .toList());
        }

        @SuppressWarnings("unchecked")
        private static List<RecordChange> changes(Object[] arguments) {
            return arguments.length > 3 ? (List<RecordChange>) arguments[3] : List.of();
        }

        private void note(String subscription, Position position) {
            saved.merge(subscription, position, (one, other) -> one.isAfter(other) ? one : other);
        }

        private Checkpoint kept(Checkpoint stored) {
            return new Checkpoint(
                    stored.subscription(),
                    stored.partition(),
                    saved.getOrDefault(stored.subscription(), stored.position()),
                    stored.savedAt(),
                    stored.storeId());
        }
    }

    /** Only what the log still shows counts as decided. */
    private static final class DecidedAsShown extends ForwardingBackend {
        DecidedAsShown(Backend sound) {
            super(sound);
        }

        @Override
        public Position lastDecided() {
            return sound
                    .readLog(Positions.of(Long.MAX_VALUE), Direction.BACKWARDS, LogFilter.all(), 1)
                    .events()
                    .stream()
                    .map(RecordedEvent::position)
                    .findFirst()
                    .orElse(Position.START);
        }
    }

    private static final class NeverBack extends ForwardingBackend {
        private final AtomicLong highest = new AtomicLong();

        NeverBack(Backend sound) {
            super(sound);
        }

        @Override
        public Position head() {
            return Positions.of(highest.accumulateAndGet(Positions.number(sound.head()), Math::max));
        }
    }

    private static final class RememberingStreams extends ForwardingBackend {
        private final Map<Position, StreamId> streams = new ConcurrentHashMap<>();

        RememberingStreams(Backend sound) {
            super(sound);
        }

        @Override
        public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
            LogPage page = sound.readLog(from, direction, filter, limit);
            return new LogPage(page.events().stream().map(this::remembered).toList(), page.scannedTo(), page.more());
        }

        private RecordedEvent remembered(RecordedEvent event) {
            StreamId stream = streams.computeIfAbsent(event.position(), absent -> event.stream());
            return new RecordedEvent(
                    stream,
                    event.version(),
                    event.position(),
                    event.id(),
                    event.type(),
                    event.data(),
                    event.metadata(),
                    event.recordedAt());
        }
    }
}
