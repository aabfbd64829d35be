package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.CodePoints;
import io.headwater.Direction;
import io.headwater.ExpectedVersion;
import io.headwater.Idempotency;
import io.headwater.LogFilter;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.StreamCatalog.State;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.tck.fuzz.ModelStream.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contract as a program. It has one thread and no storage, and is not optimised, so that a reader can check it
 * against the contract. Streams hold what was appended to them; everything else is computed from that.
 */
final class Model implements Subject {
    private static final int RECENT = 10;
    private static final String APPENDED = "appended";

    private final Map<StreamId, ModelStream> streams = new TreeMap<>();
    private final Map<List<String>, Snapshot> snapshots = new HashMap<>();
    private final ModelSubscriptions subscriptions = new ModelSubscriptions(this::clamped);
    private final List<Long> marks = new ArrayList<>(List.of(0L));
    private final ModelAppends appends;
    private long lastPlace;

    Model(Idempotency idempotency) {
        appends = new ModelAppends(this::stream, idempotency == Idempotency.ALWAYS ? Integer.MAX_VALUE : RECENT);
    }

    ModelStream stream(StreamId id) {
        return streams.computeIfAbsent(id, ModelStream::new);
    }

    Collection<ModelStream> streams() {
        return streams.values();
    }

    private int clamped(int mark) {
        return Math.min(mark, marks.size() - 1);
    }

    @Override
    public Answer append(AppendRequest request) {
        Answer answer = appendUnmarked(request);
        if (answer.outcome().equals(APPENDED)) {
            marks.add(lastPlace);
        }
        return answer;
    }

    private Answer appendUnmarked(AppendRequest request) {
        return appends.refusalOrReplay(request).orElseGet(() -> write(request));
    }

    private Answer write(AppendRequest request) {
        List<String> results = new ArrayList<>();
        for (StreamWrite write : request.writes()) {
            ModelStream stream = stream(write.stream());
            stream.append(write.events(), ModelAppends.isExact(write.expected()), lastPlace);
            lastPlace += write.events().size();
            results.add(Answers.result(stream.id, stream.version(), false));
        }
        return Answer.of(APPENDED, results);
    }

    @Override
    public Answer appendAll(List<AppendRequest> requests) {
        List<Answer> answers = new ArrayList<>();
        for (AppendRequest request : requests) {
            Answer answer = appendUnmarked(request);
            answers.add(answer);
            if (Answers.endsSeries(answer)) {
                break;
            }
        }
        return Answers.series(requests, answers);
    }

    @Override
    public Answer readStream(StreamId id, ReadOptions options) {
        ModelStream stream = stream(id);
        if (stream.tombstoned()) {
            return Answers.deleted(id);
        }
        List<Place> thatWay = new ArrayList<>(stream.read().toList());
        boolean forwards = options.direction() == Direction.FORWARDS;
        if (!forwards) {
            Collections.reverse(thatWay);
        }
        thatWay.removeIf(place -> forwards ? place.version() < options.from() : place.version() > options.from());
        List<Place> page = thatWay.subList(0, Math.min(options.limit(), thatWay.size()));
        OptionalLong next = page.size() < thatWay.size()
                ? OptionalLong.of(thatWay.get(page.size()).version())
                : OptionalLong.empty();
        return Answers.slice(stream.version(), next, page.stream().map(Place::code));
    }

    /** Ignores the limit, which is that of a page: this returns all pages. */
    @Override
    public Answer readLog(LogFilter filter, Direction direction, int mark, int limit) {
        long from = marks.get(clamped(mark));
        Comparator<Place> order = Comparator.comparingLong(Place::place);
        boolean forwards = direction == Direction.FORWARDS;
        return Answer.list(streams.values().stream()
                .flatMap(ModelStream::stored)
                .filter(place -> forwards ? place.place() > from : place.place() < from)
                .filter(place -> accepts(filter, place))
                .sorted(forwards ? order : order.reversed())
                .map(Place::code)
                .toList());
    }

    private static boolean accepts(LogFilter filter, Place place) {
        Optional<String> category = place.stream().category();
        return (filter.types().isEmpty()
                        || filter.types().contains(place.event().type()))
                && (filter.categories().isEmpty()
                        || category.filter(filter.categories()::contains).isPresent())
                && place.stream().value().startsWith(filter.streamPrefix());
    }

    @Override
    public Answer head() {
        return Answers.DONE;
    }

    @Override
    public Answer positionAt() {
        return Answers.DONE;
    }

    @Override
    public Answer delete(StreamId id, ExpectedVersion expected) {
        ModelStream stream = stream(id);
        if (!stream.tombstoned() && stream.version() == 0) {
            return Answers.conflict(List.of(Answers.neverWritten(id, expected)));
        }
        return administer(stream, expected, stream::delete);
    }

    @Override
    public Answer tombstone(StreamId id, ExpectedVersion expected) {
        return administer(stream(id), expected, stream(id)::tombstone);
    }

    private static Answer administer(ModelStream stream, ExpectedVersion expected, Runnable action) {
        if (stream.tombstoned()) {
            return Answers.deleted(stream.id);
        }
        if (!ModelAppends.accepts(expected, stream)) {
            return Answers.conflict(List.of(Answers.violation(stream.id, expected, stream.version(), false)));
        }
        action.run();
        return Answers.DONE;
    }

    @Override
    public Answer truncateBefore(StreamId id, long version) {
        return administer(stream(id), ExpectedVersion.any(), () -> stream(id).truncateBefore(version));
    }

    @Override
    public Answer scavenge() {
        streams.values().forEach(ModelStream::scavenge);
        return Answers.DONE;
    }

    private static List<String> key(StreamId stream, String name) {
        return List.of(stream.value(), name);
    }

    @Override
    public Answer saveSnapshot(Snapshot snapshot) {
        List<String> key = key(snapshot.stream(), snapshot.name());
        Snapshot latest = snapshots.get(key);
        boolean newer = latest == null || latest.version() < snapshot.version();
        if (newer) {
            snapshots.put(key, snapshot);
        }
        return Answers.yesOrNo(newer);
    }

    @Override
    public Answer loadSnapshot(StreamId stream, String name) {
        return Answers.snapshot(Optional.ofNullable(snapshots.get(key(stream, name))));
    }

    @Override
    public Answer deleteSnapshot(StreamId stream, String name) {
        snapshots.remove(key(stream, name));
        return Answers.DONE;
    }

    private Stream<ModelStream> known() {
        return streams.values().stream().filter(ModelStream::known);
    }

    @Override
    public Answer streams(String prefix, Optional<StreamId> after, int limit) {
        return Answer.list(known().filter(stream -> stream.id.value().startsWith(prefix))
                .filter(stream -> after.isEmpty() || stream.id.compareTo(after.get()) > 0)
                .limit(limit)
                .map(stream -> Answers.stream(stream.id, stream.version(), stream.readable(), state(stream)))
                .toList());
    }

    private static State state(ModelStream stream) {
        if (stream.tombstoned()) {
            return State.TOMBSTONED;
        }
        return stream.live() ? State.LIVE : State.DELETED;
    }

    @Override
    public Answer categories() {
        return Answer.list(known().flatMap(stream -> stream.id.category().stream())
                .distinct()
                .sorted(CodePoints::compare)
                .map(this::category)
                .toList());
    }

    private String category(String name) {
        List<ModelStream> members = known().filter(
                        stream -> stream.id.category().filter(name::equals).isPresent())
                .toList();
        return Answers.category(
                name,
                members.size(),
                members.stream().mapToLong(ModelStream::readable).sum());
    }

    @Override
    public SubscriptionSubject subscriptions() {
        return subscriptions;
    }
}
