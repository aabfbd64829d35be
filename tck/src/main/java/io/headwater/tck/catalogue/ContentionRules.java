package io.headwater.tck.catalogue;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.tck.rule.Rule.repeated;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.WrongExpectedVersion;
import io.headwater.tck.rule.Concurrently;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Many calls on the same streams, by threads that never pause (T5). */
final class ContentionRules {
    private static final int WRITERS = 2;
    private static final int APPENDS = 60;
    private static final int CHECKED_APPENDS = 60;

    static final RuleGroup GROUP = RuleGroup.of(
            "contention",
            repeated("T5.17", "no append is lost during concurrent deletes, truncations and scavenges", rule -> {
                        Hidden hidden = new Hidden(rule);
                        hidden.race();
                        hidden.verify();
                    })
                    .requires(Capability.STREAM_ADMIN, Capability.SCAVENGE),
            repeated("T5.18", "a check on a stream that others write holds at the moment of the append", rule -> {
                        Checked checked = new Checked(rule);
                        Concurrently.times(2 * WRITERS, writer -> () -> checked.write(writer % 2));
                        checked.verify();
                    })
                    .requires(Capability.MULTI_STREAM_APPEND));

    private ContentionRules() {}

    /** Writers of a stream whose beginning is hidden and removed all the time. */
    private static final class Hidden {
        private final RuleContext rule;
        private final StreamId stream;
        private final Queue<AppendResult> appended = new ConcurrentLinkedQueue<>();
        private final AtomicInteger running = new AtomicInteger(WRITERS);
        private final AtomicLong bound = new AtomicLong(1);

        Hidden(RuleContext rule) {
            this.rule = rule;
            this.stream = rule.stream();
        }

        void race() throws Exception {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                work.add(this::write);
            }
            work.add(this::hide);
            work.add(() -> {
                while (running.get() > 0) {
                    rule.scavenger().scavenge();
                }
                return 0;
            });
            Concurrently.all(work);
        }

        private int write() {
            try {
                for (int i = 0; i < APPENDS; i++) {
                    appended.add(rule.store().append(stream, any(), rule.events(2)));
                }
                return APPENDS;
            } finally {
                running.decrementAndGet();
            }
        }

        /** Everything up to where it is known to be, so that what is appended meanwhile must stay. */
        private int hide() {
            while (running.get() > 0) {
                long version = rule.store().version(stream);
                if (version > 0 && rule.random().nextInt(4) == 0) {
                    deleteAt(version);
                } else {
                    rule.admin().truncateBefore(stream, version);
                    bound.accumulateAndGet(version, Math::max);
                }
            }
            return 0;
        }

        private void deleteAt(long version) {
            try {
                rule.admin().delete(stream, exactly(version));
                bound.accumulateAndGet(version + 1, Math::max);
            } catch (WrongExpectedVersion grown) {
                Expect.that(grown.violations().get(0).actual() > version, "a delete expecting what was: " + grown);
            }
        }

        void verify() {
            long last = (long) WRITERS * APPENDS * 2;
            rule.scavenger().scavenge();
            Map<Long, Position> stored = rule.logOf(stream).stream()
                    .collect(Collectors.toMap(RecordedEvent::version, RecordedEvent::position));
            List<RecordedEvent> read = rule.store().readStream(stream).events();
            Expect.equal("version", last, rule.store().version(stream));
            if (bound.get() <= last) {
                Expect.versions("stream", bound.get(), last, read);
            } else {
                Expect.none("stream", read);
            }
            Expect.equal("events of the log", (long) read.size(), (long) stored.size());
            for (AppendResult result : appended) {
                if (result.version() >= bound.get()) {
                    Expect.equal(
                            "position of version " + result.version(), stored.get(result.version()), result.position());
                }
            }
        }
    }

    /** Writers of two streams, each of which expects that the other stream is as it was read. */
    private static final class Checked {
        private final RuleContext rule;
        private final List<StreamId> streams;
        private final Queue<Append> appends = new ConcurrentLinkedQueue<>();

        /** An append that went through, and the version that it expected of the other stream. */
        private record Append(StreamId checked, long expected, Position position) {}

        Checked(RuleContext rule) {
            this.rule = rule;
            this.streams = List.of(rule.stream(), rule.stream());
        }

        int write(int index) {
            StreamId own = streams.get(index);
            StreamId other = streams.get(1 - index);
            for (int i = 0; i < CHECKED_APPENDS; i++) {
                long version = rule.store().version(other);
                AppendOutcome outcome = rule.store()
                        .tryAppend(AppendRequest.to(own, any(), rule.event()).check(other, exactly(version)));
                if (outcome instanceof Appended appended) {
                    appends.add(new Append(other, version, appended.first().position()));
                }
            }
            return CHECKED_APPENDS;
        }

        /** The event that an append expected to be the last lies before it, and the one after that behind it. */
        void verify() {
            Expect.that(!appends.isEmpty(), "no append with a check went through");
            Map<StreamId, List<Position>> positions =
                    streams.stream().collect(Collectors.toMap(Function.identity(), this::positions));
            long stored = positions.values().stream().mapToLong(List::size).sum();
            Expect.equal("events of both streams", (long) appends.size(), stored);
            for (Append append : appends) {
                List<Position> checked = positions.getOrDefault(append.checked(), List.of());
                int expected = Math.toIntExact(append.expected());
                if (expected > 0) {
                    Expect.ascending(
                            "version %s, and an append that expected it".formatted(expected),
                            checked.get(expected - 1),
                            append.position());
                }
                if (expected < checked.size()) {
                    Expect.ascending(
                            "an append that expected version %s, and version %s".formatted(expected, expected + 1),
                            append.position(),
                            checked.get(expected));
                }
            }
        }

        private List<Position> positions(StreamId stream) {
            return rule.store().readStream(stream).events().stream()
                    .map(RecordedEvent::position)
                    .toList();
        }
    }
}
