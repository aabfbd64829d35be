package io.headwater.verification.generated;

import static io.headwater.verification.generated.Requests.end;
import static io.headwater.verification.generated.Requests.request;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendResult;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.Violation;
import io.headwater.spi.StreamPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Times, instances and calls at the same time. */
final class AnewMoments {
    private AnewMoments() {}

    static Stream<Generated> all() {
        return Stream.of(ofTimes(), ofInstances(), atOnce()).flatMap(each -> each);
    }

    private static Stream<Generated> ofTimes() {
        return Stream.of(
                Anew.of(Operation.POSITION_AT, "times are searched as if they grew", call -> {
                    List<RecordedEvent> log = ReadCalls.log(call.sound());
                    int low = 0;
                    int high = log.size();
                    while (low < high) {
                        int middle = (low + high) >>> 1;
                        if (log.get(middle).recordedAt().isBefore(call.argument(0, Instant.class))) {
                            low = middle + 1;
                        } else {
                            high = middle;
                        }
                    }
                    return low == log.size()
                            ? call.sound().head()
                            : low == 0 ? Position.START : log.get(low - 1).position();
                }),
                Anew.of(Operation.READ_LOG, "the events of a page are in the order of their times", call -> {
                    LogPage page = (LogPage) Objects.requireNonNull(call.proceed());
                    Comparator<RecordedEvent> byTime = Comparator.comparing(RecordedEvent::recordedAt);
                    boolean forwards = call.argument(1) == Direction.FORWARDS;
                    List<RecordedEvent> sorted = page.events().stream()
                            .sorted(forwards ? byTime : byTime.reversed())
                            .toList();
                    List<RecordedEvent> placed = new ArrayList<>();
                    for (int i = 0; i < sorted.size(); i++) {
                        placed.add(at(sorted.get(i), page.events().get(i).position()));
                    }
                    return new LogPage(placed, page.scannedTo(), page.more());
                }));
    }

    private static RecordedEvent at(RecordedEvent event, Position position) {
        return new RecordedEvent(
                event.stream(),
                event.version(),
                position,
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.recordedAt());
    }

    private static Stream<Generated> ofInstances() {
        return Stream.of(
                Anew.across(
                        Operation.APPEND, "an instance decides by the version that it wrote last", OwnVersions::new),
                Anew.across(Operation.READ_STREAM, "an instance remembers that a stream was not there", Absent::new),
                Anew.across(
                        Operation.ON_APPEND, "closing an instance ends the wake-ups of the others", WokenTogether::new),
                Anew.across(Operation.ON_APPEND, "readers are woken before the append", () -> {
                    List<Runnable> readers = new CopyOnWriteArrayList<>();
                    return call -> {
                        if (call.is(Operation.ON_APPEND)) {
                            Runnable reader = call.argument(0, Runnable.class);
                            readers.add(reader);
                            return (AutoCloseable) () -> readers.remove(reader);
                        }
                        if (call.is(Operation.APPEND, Operation.APPEND_ALL, Operation.COMMIT)) {
                            readers.forEach(Runnable::run);
                        }
                        return call.proceed();
                    };
                }));
    }

    /** An exact version beyond the one that the instance wrote last is a conflict. */
    private static final class OwnVersions implements Fault {
        private final Map<List<Object>, Long> written = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (!call.is(Operation.APPEND)) {
                return call.proceed();
            }
            for (StreamWrite write : request(call).writes()) {
                Long own = written.get(List.of(call.instance().number(), write.stream()));
                if (own != null
                        && write.expected() instanceof ExpectedVersion.Exactly exactly
                        && exactly.version() > own) {
                    return new Conflict(
                            List.of(new Violation(write.stream(), write.expected(), own, Violation.Reason.VERSION)));
                }
            }
            Object outcome = call.proceed();
            if (outcome instanceof Appended appended && !appended.first().replayed()) {
                for (AppendResult result : appended.results()) {
                    written.put(List.of(call.instance().number(), result.stream()), result.version());
                }
            }
            return outcome;
        }
    }

    private static final class Absent implements Fault {
        private final Set<List<Object>> absent = ConcurrentHashMap.newKeySet();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.READ_STREAM)) {
                List<Object> key = List.of(call.instance().number(), call.argument(0));
                if (absent.contains(key)) {
                    return new StreamPage(0, 1, List.of());
                }
                StreamPage page = (StreamPage) Objects.requireNonNull(call.proceed());
                if (page.version() == 0) {
                    absent.add(key);
                }
                return page;
            }
            Object answer = call.proceed();
            if (call.is(Operation.APPEND, Operation.APPEND_ALL, Operation.HOLD)) {
                Deep.arguments(call.arguments(), StreamWrite.class, write -> {
                    absent.remove(List.of(call.instance().number(), write.stream()));
                    return write;
                });
            }
            return answer;
        }
    }

    private static final class WokenTogether implements Fault {
        private final List<Runnable> readers = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable Object instead(Call call) throws Throwable {
            if (call.is(Operation.CLOSE)) {
                readers.clear();
            }
            if (!call.is(Operation.ON_APPEND)) {
                return call.proceed();
            }
            Runnable reader = call.argument(0, Runnable.class);
            readers.add(reader);
            return call.proceed((Runnable) () -> {
                if (readers.contains(reader)) {
                    reader.run();
                }
            });
        }
    }

    private static Stream<Generated> atOnce() {
        return Stream.of(
                Anew.across(Operation.SCAVENGE, "two at a time both count what one removed", () -> {
                    AtomicInteger underWay = new AtomicInteger();
                    AtomicLong most = new AtomicLong();
                    return call -> {
                        if (!call.is(Operation.SCAVENGE)) {
                            return call.proceed();
                        }
                        boolean alone = underWay.incrementAndGet() == 1;
                        ContentionFaults.pause();
                        long removed = (long) Objects.requireNonNull(call.proceed());
                        long counted = most.accumulateAndGet(removed, Math::max);
                        ContentionFaults.pause();
                        if (underWay.decrementAndGet() == 0) {
                            most.set(0);
                        }
                        return alone ? removed : counted;
                    };
                }),
                Anew.across(
                        Operation.SAVE_SNAPSHOT,
                        "a save is lost beside one of another name",
                        () -> new DevisedRaces.Meeting(
                                Operation.SAVE_SNAPSHOT,
                                call -> half(name(call), 0),
                                Operation.SAVE_SNAPSHOT,
                                call -> half(name(call), 1),
                                call -> true)),
                Anew.across(
                        Operation.ACQUIRE,
                        "a lease is given and lost beside one of another subscription",
                        () -> new DevisedRaces.Meeting(
                                Operation.ACQUIRE,
                                call -> half((String) call.argument(0), 0),
                                Operation.ACQUIRE,
                                call -> half((String) call.argument(0), 1),
                                Success::of)),
                Anew.across(
                        Operation.APPEND,
                        "an append beside one to another stream is a conflict",
                        () -> new DevisedRaces.Meeting(
                                Operation.APPEND,
                                call -> half(stream(call).value(), 0),
                                Operation.APPEND,
                                call -> half(stream(call).value(), 1),
                                AnewMoments::conflict)),
                Anew.across(
                        Operation.CHANGE_BY_TOOL,
                        "a change is lost beside one of another key",
                        () -> new DevisedRaces.Meeting(
                                Operation.CHANGE_BY_TOOL,
                                DevisedRaces::subject,
                                Operation.CHANGE,
                                DevisedRaces::subject,
                                call -> null)));
    }

    private static String name(Call call) {
        return call.argument(0, Snapshot.class).name();
    }

    private static StreamId stream(Call call) {
        return request(call).writes().get(0).stream();
    }

    /** Names are of two halves. */
    private static Object half(String name, int other) {
        return (name.hashCode() + other) & 1;
    }

    private static Object conflict(Call call) {
        StreamWrite write = request(call).writes().get(0);
        return new Conflict(List.of(new Violation(
                write.stream(),
                write.expected(),
                end(call.sound(), write.stream()).version(),
                Violation.Reason.VERSION)));
    }
}
