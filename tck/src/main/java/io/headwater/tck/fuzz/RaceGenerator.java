package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Direction;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Idempotency;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import io.headwater.tck.rule.Repeats;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Generates two calls of given kinds on the same two streams and the same subscription, with arguments for which the
 * order of the calls matters.
 */
final class RaceGenerator {
    private static final StreamId X = StreamId.of("@a-1");
    private static final StreamId Y = StreamId.of("@a-2");
    private static final String SNAPSHOT = "state";
    private static final int IMPORTED = 3;

    private final Idempotency idempotency;
    private final boolean hides;
    private final boolean catalog;

    /** Creates a generator for a store with these capabilities. */
    RaceGenerator(Capabilities capabilities) {
        idempotency = capabilities.idempotency();
        hides = capabilities.supports(Capability.STREAM_ADMIN);
        catalog = capabilities.supports(Capability.STREAM_CATALOG);
    }

    RaceScript generate(RaceOperation one, RaceOperation other, long seed) {
        return new Writing(new Chance(seed), one, other).script();
    }

    /** A script that is being generated. */
    private final class Writing {
        private final Chance chance;
        private final RaceOperation one;
        private final RaceOperation other;
        private final Model model = new Model(idempotency);
        private final EventGenerator events;
        private final RaceSubscriptionSteps subscriptions;
        private final List<Step> setup = new ArrayList<>();
        private final List<AppendRequest> made = new ArrayList<>();

        Writing(Chance chance, RaceOperation one, RaceOperation other) {
            this.chance = chance;
            this.one = one;
            this.other = other;
            events = new EventGenerator(chance);
            subscriptions = new RaceSubscriptionSteps(chance);
        }

        RaceScript script() {
            setUpStreams();
            if (one.isOfSnapshots() || other.isOfSnapshots()) {
                add(saveSnapshot(1 + chance.below(2)));
            }
            if (one.isOfSubscriptions() || other.isOfSubscriptions()) {
                subscriptions.setup(EnumSet.of(one, other)).forEach(this::add);
            }
            Step first = step(one, X, Y);
            Step second = step(other, chance.in100(one == other ? 90 : 70) ? X : Y, chance.in100(50) ? Y : X);
            return new RaceScript(setup, first, skewed(first, second), closing());
        }

        private boolean has(RaceOperation operation) {
            return one == operation || other == operation;
        }

        private void add(Step step) {
            step.on(model);
            setup.add(step);
        }

        /** Appends twice to both streams, so that there is a second mark. */
        private void setUpStreams() {
            add(kept(AppendRequest.to(X, ExpectedVersion.noStream(), newEvents(2))));
            add(kept(AppendRequest.to(Y, ExpectedVersion.noStream(), newEvents(1 + chance.below(2)))));
            if (!one.isOfStreams() && !other.isOfStreams()) {
                return;
            }
            if (chance.in100(30)) {
                add(kept(AppendRequest.to(X, ExpectedVersion.exactly(2), newEvents(1))));
            }
            hide();
        }

        /**
         * Leaves one event for a scavenge to remove. There is only one, because a scavenge may remove several events
         * one by one.
         */
        private void hide() {
            if (!hides) {
                return;
            }
            if (has(RaceOperation.SCAVENGE) || chance.in100(20)) {
                add(RaceSteps.truncate(X, 2));
            } else if (chance.in100(15)) {
                add(RaceSteps.delete(X, ExpectedVersion.any()));
            }
        }

        private Step kept(AppendRequest request) {
            made.add(request);
            return new AppendStep(request);
        }

        private List<EventData> newEvents(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> Code.plain(events.newId()))
                    .toList();
        }

        private Step step(RaceOperation operation, StreamId stream, StreamId beside) {
            long version = model.stream(stream).version();
            return switch (operation) {
                case APPEND -> append(stream);
                case APPEND_TO_SEVERAL -> several(stream, stream.equals(X) ? Y : X);
                case IMPORT -> imported(stream, beside);
                case DELETE -> RaceSteps.delete(stream, deletable(stream));
                case TOMBSTONE -> RaceSteps.tombstone(stream, expected(stream));
                case TRUNCATE -> RaceSteps.truncate(stream, 1 + chance.below((int) version + 2));
                case SCAVENGE -> RaceSteps.scavenge();
                case SAVE_SNAPSHOT -> saveSnapshot(1 + chance.below(5));
                case DELETE_SNAPSHOT -> RaceSteps.deleteSnapshot(X, SNAPSHOT);
                case READ_STREAM -> readStream(stream);
                case READ_LOG -> readLog();
                case LIST_STREAM -> new ReadSteps.Streams(stream.value(), Optional.empty(), ReadOptions.ALL);
                case LOAD_SNAPSHOT -> RaceSteps.loadSnapshot(X, SNAPSHOT);
                default -> subscriptions.step(operation);
            };
        }

        /**
         * Chooses the same append or the same import twice, or two appends each of which checks what the other writes.
         * Chance alone would choose these too rarely.
         */
        private Step skewed(Step first, Step second) {
            if (other != one || !chance.in100(30)) {
                return second;
            }
            if (one == RaceOperation.APPEND_TO_SEVERAL && chance.in100(50)) {
                return new AppendStep(checking(Y, X));
            }
            boolean repeatable =
                    !first.requests().isEmpty() && first.requests().stream().allMatch(this::isRepeatable);
            return repeatable ? first : second;
        }

        private boolean isRepeatable(AppendRequest request) {
            return Repeats.areRecognised(idempotency, request);
        }

        private Step append(StreamId stream) {
            AppendRequest repeated = made.get(chance.below(made.size()));
            boolean again = chance.in100(15) && isRepeatable(repeated);
            return new AppendStep(
                    again ? repeated : AppendRequest.to(stream, expected(stream), newEvents(1 + chance.below(2))));
        }

        private Step several(StreamId stream, StreamId beside) {
            return new AppendStep(
                    chance.in100(60)
                            ? checking(stream, beside)
                            : AppendRequest.to(stream, expected(stream), newEvents(1 + chance.below(2)))
                                    .and(beside, expected(beside), Code.plain(events.newId())));
        }

        private AppendRequest checking(StreamId stream, StreamId checked) {
            return AppendRequest.to(stream, expected(stream), newEvents(1)).check(checked, definite(checked));
        }

        /** Each append expects the state that the ones before it leave, if no other call comes between them. */
        private Step imported(StreamId stream, StreamId beside) {
            List<AppendRequest> series = new ArrayList<>();
            long[] versions = {model.stream(X).version(), model.stream(Y).version()};
            for (int i = 0; i < IMPORTED; i++) {
                StreamId target = chance.in100(70) ? stream : beside;
                int index = target.equals(X) ? 0 : 1;
                List<EventData> imported = newEvents(1 + chance.below(2));
                ExpectedVersion expected =
                        chance.in100(60) ? ExpectedVersion.exactly(versions[index]) : ExpectedVersion.any();
                series.add(AppendRequest.to(target, expected, imported));
                versions[index] += imported.size();
            }
            return new AppendAllStep(series);
        }

        /** Returns an expectation that the stream mostly meets. */
        private ExpectedVersion expected(StreamId stream) {
            return chance.in100(35) ? ExpectedVersion.any() : definite(stream);
        }

        private ExpectedVersion definite(StreamId stream) {
            if (chance.in100(70)) {
                return ExpectedVersion.exactly(model.stream(stream).version());
            }
            return model.stream(stream).live() ? ExpectedVersion.streamExists() : ExpectedVersion.noStream();
        }

        /** Only {@code streamExists} distinguishes a second delete from the first. */
        private ExpectedVersion deletable(StreamId stream) {
            return one == other && chance.in100(50) ? ExpectedVersion.streamExists() : expected(stream);
        }

        private Step readStream(StreamId stream) {
            return new ReadSteps.ReadStream(
                    stream, chance.in100(50) ? ReadOptions.forwards() : ReadOptions.backwards());
        }

        private Step readLog() {
            LogFilter filter = chance.in100(50) ? LogFilter.all() : new LogFilter(Set.of("@a"), Set.of(), "");
            return new ReadSteps.ReadLog(filter, Direction.FORWARDS, 0, LogQuery.UNLIMITED);
        }

        private Step saveSnapshot(int version) {
            Payload data = Payload.json("{\"n\":" + chance.below(1000) + "}");
            return new StreamStep(
                    "saveSnapshot",
                    X,
                    "%s, version %s, %s".formatted(Code.quoted(SNAPSHOT), version, Code.payload(data)),
                    (subject, of) -> subject.saveSnapshot(new Snapshot(of, SNAPSHOT, version, data)));
        }

        private List<Step> closing() {
            List<Step> reads = new ArrayList<>();
            if (has(RaceOperation.SCAVENGE)) {
                reads.add(RaceSteps.scavenge());
            }
            if (one.isOfStreams() || other.isOfStreams()) {
                reads.addAll(closingOfStreams());
            }
            if (one.isOfSnapshots() || other.isOfSnapshots()) {
                reads.add(RaceSteps.loadSnapshot(X, SNAPSHOT));
            }
            if (one.isOfSubscriptions() || other.isOfSubscriptions()) {
                reads.addAll(subscriptions.closing(EnumSet.of(one, other)));
            }
            return reads;
        }

        private List<Step> closingOfStreams() {
            List<Step> reads = new ArrayList<>();
            reads.add(new ReadSteps.ReadStream(X, ReadOptions.forwards()));
            reads.add(new ReadSteps.ReadStream(Y, ReadOptions.forwards()));
            reads.add(new ReadSteps.ReadLog(LogFilter.all(), Direction.FORWARDS, 0, LogQuery.UNLIMITED));
            if (catalog) {
                reads.add(new ReadSteps.Streams("@a-", Optional.empty(), ReadOptions.ALL));
            }
            if (chance.in100(30)) {
                reads.add(new AppendStep(AppendRequest.to(X, ExpectedVersion.any(), newEvents(1))));
            }
            return reads;
        }
    }
}
