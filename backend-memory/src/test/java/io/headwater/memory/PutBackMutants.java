package io.headwater.memory;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What is remembered above a storage, and believed although the storage was put back to an earlier state (D4, K5). */
final class PutBackMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "what was read once is believed for ever",
                    new String[] {"K5.1", "K5.2", "K5.3", "K5.4"},
                    Believing::new),
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
        public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
            StreamPage page = sound.readStream(stream, direction, from, limit);
            boolean lookedFor = direction == Direction.FORWARDS && limit == 1;
            return lookedFor && !page.events().isEmpty() || pages.containsKey(key(stream, from, limit))
                    ? pages.computeIfAbsent(key(stream, from, limit), absent -> page)
                    : page;
        }

        private static String key(StreamId stream, long from, int limit) {
            return stream + " " + from + " " + limit;
        }

        @Override
        public Position lastDecided() {
            return Positions.of(decided.accumulateAndGet(Positions.number(sound.lastDecided()), Math::max));
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
