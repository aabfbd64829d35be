package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.Mutant.ofAppend;
import static io.headwater.verification.mutants.Mutant.ofFacet;
import static io.headwater.verification.mutants.Mutant.ofReadStream;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.BackendFailure;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.Positions;
import io.headwater.spi.StreamPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Streams gone wrong: what an append answers, what becomes of the stream, and of others (A, R, T, D). */
final class StreamMutants {
    static final List<Mutant> ALL = List.of(
            ofAppend(
                    "every append is said to be a replay",
                    (backend, request) -> AppendMutants.answered(
                            backend.append(request),
                            result -> new AppendResult(result.stream(), result.version(), result.position(), true)),
                    "A1.3",
                    "I5.5"),
            ofAppend(
                    "an answer names another stream",
                    (backend, request) -> AppendMutants.answered(
                            backend.append(request),
                            result -> new AppendResult(
                                    StreamId.of("another"), result.version(), result.position(), result.replayed())),
                    "A1.4"),
            ofAppend(
                    "answers come in another order",
                    (backend, request) -> AppendMutants.reordered(backend.append(request)),
                    "A7.2"),
            ofAppend(
                    "of several streams only the first is written",
                    (backend, request) ->
                            backend.append(new AppendRequest(request.writes().subList(0, 1), List.of())),
                    "A7.1"),
            ofAppend("a stream that is checked is written", StreamMutants::writingChecks, "A7.6"),
            ofAppend("streams are locked in the order of the writes", lockingInOrder(), "A7.12"),
            ofAppend("an append goes to the stream before, too", writingTwo(), "A2.4"),
            ofAppend("there is one stream", onlyOne(), "A3.1", "A3.5", "A3.11"),
            ofAppend(
                    "a stream takes one append",
                    (backend, request) -> page(backend, request).version() > 0
                            ? AppendMutants.conflict(request)
                            : backend.append(request),
                    "A3.3",
                    "A3.6",
                    "A3.7"),
            ofAppend(
                    "a deleted stream takes no event",
                    (backend, request) -> page(backend, request).version() > 0
                                    && page(backend, request).events().isEmpty()
                            ? AppendMutants.conflict(request)
                            : backend.append(request),
                    "D1.4",
                    "D1.5"),
            Mutant.of("a delete empties what was written before, too", new String[] {"D1.15"}, deletingAll()),
            ofFacet(
                    "tombstone ignores the expectation",
                    StreamAdmin.class,
                    admin -> altered(StreamAdmin.class, admin, "tombstone", args -> {
                        admin.tombstone((StreamId) args[0], ExpectedVersion.any());
                        return null;
                    }),
                    "D2.7"),
            Mutant.of("what was never written cannot be truncated", new String[] {"D3.8"}, StreamMutants::truncating),
            ofReadStream(
                    "versions begin at 2",
                    (backend, stream, direction, from, limit) -> changed(
                            backend.readStream(stream, direction, from, limit),
                            event -> ReadMutants.at(event, event.version() + 1, event.position())),
                    "A2.1",
                    "R1.1",
                    "R1.3"),
            ofReadStream(
                    "two events share a position",
                    (backend, stream, direction, from, limit) -> changed(
                            backend.readStream(stream, direction, from, limit),
                            event -> ReadMutants.at(
                                    event, event.version(), Positions.of(Positions.number(event.position()) / 2 * 2))),
                    "G2.3"),
            ofReadStream(
                    "events are dated a day ahead",
                    (backend, stream, direction, from, limit) -> changed(
                            backend.readStream(stream, direction, from, limit),
                            event -> new RecordedEvent(
                                    event.stream(),
                                    event.version(),
                                    event.position(),
                                    event.id(),
                                    event.type(),
                                    event.data(),
                                    event.metadata(),
                                    event.recordedAt().plus(Duration.ofDays(1)))),
                    "A8.4",
                    "A8.5"),
            ofReadStream(
                    "a slice never reaches the end",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        long more = page.events().size() > 1 ? 1 : 0;
                        return new StreamPage(page.version() + more, page.first(), page.events());
                    },
                    "R1.13"),
            ofReadStream(
                    "events are said to be of another stream",
                    (backend, stream, direction, from, limit) -> changed(
                            backend.readStream(stream, direction, from, limit),
                            event -> new RecordedEvent(
                                    StreamId.of("another"),
                                    event.version(),
                                    event.position(),
                                    event.id(),
                                    event.type(),
                                    event.data(),
                                    event.metadata(),
                                    event.recordedAt())),
                    "R1.14"),
            ofReadStream(
                    "a stream that was never written cannot be read",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        if (page.version() == 0) {
                            throw new StreamDeleted(stream);
                        }
                        return page;
                    },
                    "R2.1"),
            ofReadStream("reads wear the store out", wearingOut(), "R3.4"),
            ofReadStream(
                    "now and then a version is missing",
                    (backend, stream, direction, from, limit) -> {
                        StreamPage page = backend.readStream(stream, direction, from, limit);
                        return page.version() % 3 == 0 && page.events().size() > 1
                                ? new StreamPage(
                                        page.version(),
                                        page.first(),
                                        page.events().subList(1, page.events().size()))
                                : page;
                    },
                    "T2.2"),
            Mutant.of("an append is read by the second who reads", new String[] {"T4.1"}, StreamMutants::late));

    private StreamMutants() {}

    private static StreamPage page(Backend backend, AppendRequest request) {
        return backend.readStream(request.writes().get(0).stream(), Direction.BACKWARDS, Long.MAX_VALUE, 1);
    }

    static StreamPage changed(StreamPage page, UnaryOperator<RecordedEvent> change) {
        return new StreamPage(
                page.version(), page.first(), page.events().stream().map(change).toList());
    }

    /** A page as it was when the stream was at this version. */
    static StreamPage upTo(long version, StreamPage page) {
        return new StreamPage(
                Math.min(version, page.version()),
                page.first(),
                page.events().stream()
                        .filter(event -> event.version() <= version)
                        .toList());
    }

    private static AppendOutcome writingChecks(Backend backend, AppendRequest request) {
        AppendOutcome outcome = backend.append(request);
        request.checks()
                .forEach(check -> backend.append(
                        AppendRequest.to(check.stream(), ExpectedVersion.any(), EventData.json("Checked", "{}"))));
        return outcome;
    }

    /** Two that wait for each other are told apart after a while. */
    private static Mutant.Append lockingInOrder() {
        Map<StreamId, Lock> locks = new ConcurrentHashMap<>();
        return (backend, request) -> {
            List<Lock> held = new ArrayList<>();
            try {
                for (StreamWrite write : request.writes()) {
                    Lock lock = locks.computeIfAbsent(write.stream(), first -> new ReentrantLock());
                    if (!lock.tryLock(200, TimeUnit.MILLISECONDS)) {
                        throw new StoreUnavailable("deadlock", null);
                    }
                    held.add(lock);
                    LockSupport.parkNanos(1000);
                }
                return backend.append(request);
            } catch (InterruptedException e) {
                throw new StoreUnavailable("interrupted", e);
            } finally {
                held.forEach(Lock::unlock);
            }
        };
    }

    private static Mutant.Append onlyOne() {
        AtomicReference<StreamId> only = new AtomicReference<>();
        return (backend, request) -> {
            StreamId stream = request.writes().get(0).stream();
            only.compareAndSet(null, stream);
            return stream.equals(only.get()) ? backend.append(request) : AppendMutants.conflict(request);
        };
    }

    private static Mutant.Append writingTwo() {
        AtomicReference<StreamId> last = new AtomicReference<>(StreamId.of("none"));
        return (backend, request) -> {
            StreamId stream = request.writes().get(0).stream();
            StreamId before = last.getAndSet(stream);
            if (!before.equals(stream)) {
                backend.append(AppendRequest.to(before, ExpectedVersion.any(), EventData.json("Stray", "{}")));
            }
            return backend.append(request);
        };
    }

    private static UnaryOperator<Backend> deletingAll() {
        Set<StreamId> written = Collections.synchronizedSet(new HashSet<>());
        return backend -> new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                written.add(request.writes().get(0).stream());
                return backend.append(request);
            }

            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> sound = backend.facet(type);
                return type == StreamAdmin.class
                        ? sound.map(admin -> altered(type, admin, "delete", args -> {
                            written.forEach(stream -> ((StreamAdmin) admin).delete(stream, ExpectedVersion.any()));
                            return null;
                        }))
                        : sound;
            }
        };
    }

    private static Backend truncating(Backend backend) {
        return new ForwardingBackend(backend) {
            @Override
            public <T> Optional<T> facet(Class<T> type) {
                Optional<T> sound = backend.facet(type);
                return type == StreamAdmin.class
                        ? sound.map(admin -> altered(type, admin, "truncateBefore", args -> {
                            StreamId stream = (StreamId) args[0];
                            if (backend.readStream(stream, Direction.FORWARDS, 1, 1)
                                            .version()
                                    == 0) {
                                throw new BackendFailure("no such stream", null);
                            }
                            ((StreamAdmin) admin).truncateBefore(stream, (Long) args[1]);
                            return null;
                        }))
                        : sound;
            }
        };
    }

    private static Mutant.ReadStream wearingOut() {
        AtomicInteger reads = new AtomicInteger();
        return (backend, stream, direction, from, limit) -> {
            if (reads.incrementAndGet() > 500) {
                throw new StoreUnavailable("too many open cursors", null);
            }
            return backend.readStream(stream, direction, from, limit);
        };
    }

    private static Backend late(Backend backend) {
        Map<StreamId, Long> unseen = new ConcurrentHashMap<>();
        return new ForwardingBackend(backend) {
            @Override
            public AppendOutcome append(AppendRequest request) {
                unseen.put(
                        request.writes().get(0).stream(), page(backend, request).version());
                return backend.append(request);
            }

            @Override
            public StreamPage readStream(StreamId stream, Direction direction, long from, int limit) {
                StreamPage page = backend.readStream(stream, direction, from, limit);
                Long before = unseen.remove(stream);
                return before == null ? page : upTo(before, page);
            }
        };
    }
}
