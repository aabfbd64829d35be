package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamCatalog.StreamInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.memory.MemoryFixture;
import io.headwater.spi.Backend;
import io.headwater.spi.StreamPage;
import io.headwater.verification.mutants.Scope.Kept;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of streams is known within a scope only. */
final class ScopedStreams {
    private ScopedStreams() {}

    private static <F> Backend with(Backend backend, Class<F> facet, F broken) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                return type == facet ? Optional.of(type.cast(broken)) : backend.facet(type);
            }
        };
    }

    private static <F> F facet(Backend backend, Class<F> type) {
        return backend.facet(type).orElseThrow();
    }

    static Backend snapshots(Backend backend, Kept kept) {
        Object own = kept.things.computeIfAbsent(
                SnapshotStore.class, first -> facet(MemoryFixture.open(""), SnapshotStore.class));
        return with(backend, SnapshotStore.class, (SnapshotStore) own);
    }

    /** Of a part of a stream. */
    static Backend truncations(Backend backend, Kept kept) {
        StreamAdmin sound = facet(backend, StreamAdmin.class);
        StreamAdmin admin = altered(StreamAdmin.class, sound, "truncateBefore", args -> {
            StreamId stream = (StreamId) args[0];
            long before = (Long) args[1];
            if (before > backend.readStream(stream, Direction.FORWARDS, 0, 1).version()) {
                sound.truncateBefore(stream, before);
            } else {
                kept.things.merge(stream, before, (one, other) -> Math.max((Long) one, (Long) other));
            }
            return null;
        });
        return new ForwardingBackend(with(backend, StreamAdmin.class, admin)) {
            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                long first = (Long) kept.things.getOrDefault(stream, 0L);
                long begin = direction == Direction.FORWARDS ? Math.max(from, first) : from;
                StreamPage page = backend.readStream(stream, direction, begin, limit);
                List<RecordedEvent> left = page.events().stream()
                        .filter(event -> event.version() >= first)
                        .toList();
                return new StreamPage(page.version(), Math.max(page.first(), first), left);
            }
        };
    }

    /** Elsewhere the stream is only deleted. */
    static Backend tombstones(Backend backend, Kept kept) {
        StreamAdmin sound = facet(backend, StreamAdmin.class);
        StreamAdmin admin = altered(StreamAdmin.class, sound, "tombstone", args -> {
            StreamId stream = (StreamId) args[0];
            refuse(kept, stream);
            if (backend.readStream(stream, Direction.FORWARDS, 0, 1).version() > 0) {
                sound.delete(stream, (ExpectedVersion) args[1]);
            }
            kept.things.put(stream, true);
            return null;
        });
        StreamAdmin guarded = new StreamAdmin() {
            @Override
            public void delete(StreamId stream, ExpectedVersion expected) {
                refuse(kept, stream);
                sound.delete(stream, expected);
            }

            @Override
            public void tombstone(StreamId stream, ExpectedVersion expected) {
                admin.tombstone(stream, expected);
            }

            @Override
            public void truncateBefore(StreamId stream, long version) {
                refuse(kept, stream);
                sound.truncateBefore(stream, version);
            }
        };
        return new ForwardingBackend(with(withTombstones(backend, kept), StreamAdmin.class, guarded)) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                request.writes().forEach(write -> refuse(kept, write.stream()));
                request.checks().forEach(check -> refuse(kept, check.stream()));
                return backend.append(request);
            }

            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                refuse(kept, stream);
                return backend.readStream(stream, direction, from, limit);
            }
        };
    }

    private static void refuse(Kept kept, StreamId stream) {
        if (kept.things.containsKey(stream)) {
            throw new StreamDeleted(stream);
        }
    }

    private static Backend withTombstones(Backend backend, Kept kept) {
        StreamCatalog sound = facet(backend, StreamCatalog.class);
        return with(
                backend,
                StreamCatalog.class,
                listing(
                        sound,
                        kept,
                        (info, known) ->
                                known ? new StreamInfo(info.stream(), info.version(), 0, State.TOMBSTONED) : info));
    }

    private interface Shown {
        StreamInfo of(StreamInfo info, boolean known);
    }

    private static StreamCatalog listing(StreamCatalog sound, Kept kept, Shown shown) {
        return altered(StreamCatalog.class, sound, "streams", args -> {
            @SuppressWarnings("unchecked")
            Optional<StreamId> after = (Optional<StreamId>) args[1];
            return sound.streams((String) args[0], after, (Integer) args[2]).stream()
                    .map(info -> shown.of(info, kept.things.containsKey(info.stream())))
                    .toList();
        });
    }

    private static AppendOutcome noted(AppendOutcome outcome, Kept kept) {
        if (outcome instanceof Appended appended && !appended.first().replayed()) {
            appended.results().forEach(result -> kept.things.put(result.stream(), true));
        }
        return outcome;
    }

    /** Elsewhere a stream that was written is listed as one that never was. */
    static Backend catalog(Backend backend, Kept kept) {
        StreamCatalog sound = facet(backend, StreamCatalog.class);
        StreamCatalog catalog = listing(
                sound, kept, (info, known) -> known ? info : new StreamInfo(info.stream(), 0, 0, State.DELETED));
        return new ForwardingBackend(with(backend, StreamCatalog.class, catalog)) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                return noted(backend.append(request), kept);
            }
        };
    }

    /** Elsewhere what was removed is still in the log, and is found when it is repeated. */
    static Backend scavenges(Backend backend, Kept kept) {
        Scavenger scavenger = () -> {
            List<RecordedEvent> hidden = whole(backend).stream()
                    .filter(event -> !kept.things.containsKey(event.position()))
                    .filter(event -> isHidden(backend, event))
                    .toList();
            hidden.forEach(event -> kept.things.put(event.position(), true));
            return hidden.size();
        };
        return new ForwardingBackend(with(backend, Scavenger.class, scavenger)) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                AppendOutcome outcome = backend.append(request);
                return outcome instanceof Appended appended
                                && kept.things.containsKey(appended.first().position())
                        ? AppendMutants.conflict(request)
                        : outcome;
            }

            @Override
            public LogPage readLog(Position from, Direction direction, LogFilter filter, int limit) {
                LogPage page = backend.readLog(from, direction, filter, limit);
                List<RecordedEvent> left = page.events().stream()
                        .filter(event -> !kept.things.containsKey(event.position()))
                        .toList();
                return new LogPage(left, page.scannedTo(), page.more());
            }
        };
    }

    private static List<RecordedEvent> whole(Backend backend) {
        return backend.readLog(Position.START, Direction.FORWARDS, LogFilter.all(), Integer.MAX_VALUE)
                .events();
    }

    private static boolean isHidden(Backend backend, RecordedEvent event) {
        try {
            return backend.readStream(event.stream(), Direction.FORWARDS, 0, 1).first() > event.version();
        } catch (StreamDeleted deleted) {
            return true;
        }
    }

    /** Elsewhere a stream without events reads as one that was never written. */
    static Backend versions(Backend backend, Kept kept) {
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                return noted(backend.append(request), kept);
            }

            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                StreamPage page = backend.readStream(stream, direction, from, limit);
                boolean forgotten = page.first() > page.version() && !kept.things.containsKey(stream);
                return forgotten ? new StreamPage(0, 1, List.of()) : page;
            }
        };
    }

    /** Elsewhere it is the position of the last event that is left. */
    static Backend decided(Backend backend, Kept kept) {
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                AppendOutcome outcome = backend.append(request);
                if (outcome instanceof Appended appended) {
                    appended.results().forEach(result -> keep(result.position()));
                }
                return outcome;
            }

            private void keep(Position position) {
                kept.things.merge(Position.class, position, (one, other) -> later((Position) one, (Position) other));
            }

            @Override
            public Position lastDecided() {
                List<RecordedEvent> log = whole(backend);
                Position last =
                        log.isEmpty() ? Position.START : log.get(log.size() - 1).position();
                return later(last, (Position) kept.things.getOrDefault(Position.class, Position.START));
            }

            @Override
            public Position head() {
                Position sound = backend.head();
                Position decided = lastDecided();
                return sound.isAfter(decided) ? decided : sound;
            }
        };
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    /** Elsewhere a time lies where the log is. */
    static Backend times(Backend backend, Kept kept) {
        Instant since = (Instant) kept.things.computeIfAbsent(Instant.class, first -> Instant.now());
        return new ForwardingBackend(backend) {
            @Override
            public Position positionAt(Instant time) {
                return time.isBefore(since) ? backend.head() : backend.positionAt(time);
            }
        };
    }
}
