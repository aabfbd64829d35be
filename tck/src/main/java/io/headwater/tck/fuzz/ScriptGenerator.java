package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.Direction;
import io.headwater.Idempotency;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates random scripts. A model runs alongside, so that many expectations are met, and conflicts, repeats, deletes
 * and truncations occur on the same few streams. Every script ends with reads of everything that it wrote.
 */
final class ScriptGenerator {
    private static final int STREAMS = 4;
    private static final int FARTHEST_MARK = 12;
    private static final List<String> SNAPSHOTS = List.of("state", "State", "sta%e");

    private final Set<Part> parts;
    private final Idempotency idempotency;
    private final int length;

    /** Creates a generator of scripts with this number of steps, followed by the closing reads. */
    ScriptGenerator(Set<Part> parts, Idempotency idempotency, int length) {
        this.parts = parts;
        this.idempotency = idempotency;
        this.length = length;
    }

    Script generate(long seed) {
        return new Writing(new Chance(seed)).script();
    }

    /** A script that is being generated. */
    private final class Writing {
        private final Chance chance;
        private final Model model = new Model(idempotency);
        private final List<StreamId> streams;
        private final EventGenerator events;
        private final RequestGenerator requests;
        private final SubscriptionStepGenerator subscriptions;
        private final List<Supplier<Step>> choices = new ArrayList<>();

        Writing(Chance chance) {
            this.chance = chance;
            streams = NastyNames.streams(STREAMS, chance);
            events = new EventGenerator(chance);
            requests = new RequestGenerator(chance, model, streams, events, idempotency != Idempotency.BEST_EFFORT);
            subscriptions = new SubscriptionStepGenerator(chance, events, FARTHEST_MARK);
            parts.forEach(this::choose);
        }

        Script script() {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                Step step = chance.of(choices).get();
                step.on(model);
                steps.add(step);
            }
            steps.addAll(closing());
            return new Script(steps);
        }

        private void choose(Part part) {
            switch (part) {
                case APPENDS -> offer(8, () -> new AppendStep(requests.single()));
                case REPEATS -> {
                    offer(4, () -> new AppendStep(requests.repeat()));
                    offer(4, () -> new AppendStep(requests.altered()));
                }
                case SEVERAL_STREAMS -> offer(4, () -> new AppendStep(requests.multi()));
                case STREAM_READS -> offer(8, this::readStream);
                case LOG_READS -> {
                    offer(3, this::readLog);
                    offer(1, () -> new PlainStep("head", Subject::head));
                }
                case HIDING -> {
                    offer(2, this::delete);
                    offer(3, this::truncate);
                    offer(1, () -> chance.in100(30) ? tombstone() : delete());
                }
                case SCAVENGING -> offer(1, () -> new PlainStep("scavenge", Subject::scavenge));
                case TIMES -> offer(1, () -> new PlainStep("positionAt", Subject::positionAt));
                case SNAPSHOTS -> {
                    offer(4, this::saveSnapshot);
                    offer(2, () -> loadSnapshot(chance.of(streams), snapshot()));
                    offer(1, this::deleteSnapshot);
                }
                case CATALOG -> {
                    offer(2, this::listStreams);
                    offer(1, () -> new PlainStep("categories", Subject::categories));
                }
                case BULK -> offer(4, this::appendAll);
                case CHECKPOINTS -> offer(10, subscriptions::step);
            }
        }

        private void offer(int weight, Supplier<Step> choice) {
            for (int i = 0; i < weight; i++) {
                choices.add(choice);
            }
        }

        private int limit() {
            return chance.in100(40) ? ReadOptions.ALL : 1 + chance.below(4);
        }

        private Step readStream() {
            StreamId stream = chance.of(streams);
            boolean forwards = chance.in100(50);
            long somewhere = chance.below((int) model.stream(stream).version() + 3);
            ReadOptions options = forwards ? ReadOptions.forwards() : ReadOptions.backwards();
            long from = chance.in100(60) ? somewhere : options.from();
            return new ReadSteps.ReadStream(stream, options.from(from).limit(limit()));
        }

        private Step readLog() {
            Direction direction = chance.in100(60) ? Direction.FORWARDS : Direction.BACKWARDS;
            int mark = direction == Direction.FORWARDS && chance.in100(50) ? 0 : chance.below(FARTHEST_MARK);
            return new ReadSteps.ReadLog(filter(), direction, mark, limit());
        }

        private LogFilter filter() {
            Set<String> categories = streams.stream()
                    .flatMap(stream -> stream.category().stream())
                    .filter(category -> chance.in100(50))
                    .collect(Collectors.toSet());
            Set<String> types = EventGenerator.TYPES.stream()
                    .filter(type -> chance.in100(60))
                    .collect(Collectors.toSet());
            String prefix = NastyNames.prefix(chance.of(streams).value(), chance);
            return new LogFilter(
                    chance.in100(40) ? categories : Set.of(),
                    chance.in100(30) ? types : Set.of(),
                    chance.in100(40) ? prefix : "");
        }

        private Step delete() {
            StreamId stream = chance.of(streams);
            var expected = requests.expected(stream);
            return new StreamStep(
                    "delete", stream, Code.expected(expected), (subject, of) -> subject.delete(of, expected));
        }

        private Step tombstone() {
            StreamId stream = chance.of(streams);
            var expected = requests.expected(stream);
            return new StreamStep(
                    "tombstone", stream, Code.expected(expected), (subject, of) -> subject.tombstone(of, expected));
        }

        private Step truncate() {
            StreamId stream = chance.of(streams);
            long before = chance.below((int) model.stream(stream).version() + 3);
            return new StreamStep(
                    "truncateBefore", stream, "" + before, (subject, of) -> subject.truncateBefore(of, before));
        }

        private String snapshot() {
            return chance.in100(60) ? SNAPSHOTS.get(0) : chance.of(SNAPSHOTS);
        }

        private Step saveSnapshot() {
            String name = snapshot();
            int version = 1 + chance.below(4);
            var data = events.payload();
            return new StreamStep(
                    "saveSnapshot",
                    chance.of(streams),
                    "%s, version %s, %s".formatted(Code.quoted(name), version, Code.payload(data)),
                    (subject, of) -> subject.saveSnapshot(new Snapshot(of, name, version, data)));
        }

        private Step loadSnapshot(StreamId stream, String name) {
            return new StreamStep(
                    "loadSnapshot", stream, Code.quoted(name), (subject, of) -> subject.loadSnapshot(of, name));
        }

        private Step deleteSnapshot() {
            String name = snapshot();
            return new StreamStep(
                    "deleteSnapshot",
                    chance.of(streams),
                    Code.quoted(name),
                    (subject, of) -> subject.deleteSnapshot(of, name));
        }

        private Step listStreams() {
            String prefix = NastyNames.prefix(chance.of(streams).value(), chance);
            Optional<StreamId> after = chance.in100(40) ? Optional.of(chance.of(streams)) : Optional.empty();
            return new ReadSteps.Streams(prefix, after, limit());
        }

        private Step appendAll() {
            List<AppendRequest> series = IntStream.range(0, chance.below(4))
                    .mapToObj(i -> imported())
                    .toList();
            return new AppendAllStep(series);
        }

        private AppendRequest imported() {
            boolean several = parts.contains(Part.SEVERAL_STREAMS) && chance.in100(25);
            return chance.in100(40) ? requests.repeat() : several ? requests.multi() : requests.single();
        }

        /** Returns the closing reads, which show differences that no earlier read has shown. */
        private List<Step> closing() {
            Stream<Step> reads =
                    streams.stream().map(stream -> new ReadSteps.ReadStream(stream, ReadOptions.forwards()));
            Stream<Step> log =
                    Stream.of(new ReadSteps.ReadLog(LogFilter.all(), Direction.FORWARDS, 0, LogQuery.UNLIMITED));
            Stream<Step> snapshots = parts.contains(Part.SNAPSHOTS)
                    ? streams.stream().map(stream -> loadSnapshot(stream, SNAPSHOTS.get(0)))
                    : Stream.of();
            Stream<Step> catalog = parts.contains(Part.CATALOG)
                    ? Stream.of(new ReadSteps.Streams("@", Optional.empty(), ReadOptions.ALL))
                    : Stream.of();
            Stream<Step> checkpoints =
                    parts.contains(Part.CHECKPOINTS) ? subscriptions.closing().stream() : Stream.of();
            return Stream.of(reads, log, snapshots, catalog, checkpoints)
                    .flatMap(steps -> steps)
                    .toList();
        }
    }
}
