package io.headwater.tck.fuzz;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Direction;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.LogVisibility;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A store as the subject of a script. The store may contain other data. Values that the contract leaves to the store
 * are removed from its answers, and checked here: positions grow and do not change (G2, G9), pages have no more events
 * than their limit (G6), and the head is as the contract says (G7, G8).
 */
final class StoreSubject implements Subject {
    /** The maximum number of times whose positions one step reads. */
    private static final int TIMES = 3;

    private final List<EventStore> instances;
    private final String run;
    private final Sightings sightings;
    private final List<Position> marks = new ArrayList<>();
    private final StoreSubscriptions subscriptions;
    private Position head;
    private int calls;

    /**
     * Creates a subject from a store, or from several instances over the same storage, which are called in turn.
     *
     * @param run the text that is part of all names of this run, and of no others
     */
    StoreSubject(List<EventStore> instances, String run) {
        this.instances = List.copyOf(instances);
        this.run = run;
        sightings = new Sightings();
        head = CheckedCalls.notNull(instances.get(0).head(), "head()");
        marks.add(head);
        subscriptions = new StoreSubscriptions(this, false);
    }

    /** Creates a subject for a thread that calls this instance concurrently. It starts with what is known now. */
    private StoreSubject(EventStore instance, StoreSubject known) {
        instances = List.of(instance);
        run = known.run;
        sightings = known.sightings.fork();
        marks.addAll(known.marks);
        head = known.head;
        subscriptions = new StoreSubscriptions(this, true);
        subscriptions.join(known.subscriptions);
    }

    StoreSubject fork(EventStore instance) {
        return new StoreSubject(instance, this);
    }

    /** Adds what a fork remembers. The calls of the fork must have ended. */
    void join(StoreSubject fork) {
        sightings.join(fork.sightings);
        subscriptions.join(fork.subscriptions);
    }

    EventStore store() {
        calls++;
        return instances.get(calls % instances.size());
    }

    <T> T facet(Class<T> type) {
        Optional<T> facet = CheckedCalls.notNull(store().facet(type), "facet(" + type.getSimpleName() + ")");
        Expect.that(
                facet.isPresent(),
                "the store declares the capability of " + type.getSimpleName() + " and has no such facet");
        return facet.orElseThrow();
    }

    /**
     * Returns whether a name belongs to this run. The storage may contain others, and may be written to concurrently.
     */
    boolean isOwn(String name) {
        return name.toLowerCase(Locale.ROOT).contains(run);
    }

    int clamped(int mark) {
        return Math.min(mark, marks.size() - 1);
    }

    Position position(int mark) {
        return marks.get(clamped(mark));
    }

    /** Returns the mark of this position. */
    int mark(Position position) {
        int mark = marks.indexOf(position);
        Expect.that(mark >= 0, "a position that the store never returned: " + position);
        return mark;
    }

    @Override
    public Answer append(AppendRequest request) {
        return CheckedCalls.call(List.of(request), () -> {
            AppendOutcome outcome = CheckedCalls.notNull(store().tryAppend(request), "tryAppend");
            Answer answer = answer(outcome);
            if (outcome instanceof Appended appended && answer.outcome().equals("appended")) {
                marks.add(appended.results().get(appended.results().size() - 1).position());
            }
            return answer;
        });
    }

    private Answer answer(AppendOutcome outcome) {
        if (outcome instanceof Conflict conflict) {
            return CheckedCalls.conflict(conflict.violations());
        }
        Appended appended = (Appended) outcome;
        appended.results().forEach(sightings::appended);
        boolean replayed = !appended.results().isEmpty() && appended.first().replayed();
        return Answer.of(
                replayed ? "replayed" : "appended",
                appended.results().stream()
                        .map(result -> Answers.result(result.stream(), result.version(), result.replayed()))
                        .toList());
    }

    @Override
    public Answer appendAll(List<AppendRequest> requests) {
        Answer answer = CheckedCalls.call(requests, () -> {
            List<AppendOutcome> outcomes =
                    CheckedCalls.notNull(facet(BulkImport.class).appendAll(requests), "appendAll");
            return Answers.series(outcomes.stream().map(this::answer).toList());
        });
        if (answer.outcome().equals(Answers.STREAM_DELETED)) {
            learnPositions(requests);
        }
        return answer;
    }

    /**
     * Reads the streams of a series that ended at a tombstone: the series returned no positions, and the last one is
     * needed to await the log.
     */
    private void learnPositions(List<AppendRequest> requests) {
        requests.stream()
                .flatMap(request -> request.writes().stream())
                .map(write -> write.stream())
                .distinct()
                .forEach(stream -> readStream(stream, ReadOptions.backwards().limit(1)));
    }

    @Override
    public Answer readStream(StreamId stream, ReadOptions options) {
        return CheckedCalls.callOfStream(() -> {
            StreamSlice slice = CheckedCalls.notNull(store().readStream(stream, options), "readStream");
            Expect.equal("stream of the slice", stream, slice.stream());
            slice.events().forEach(sightings::seen);
            return Answers.slice(
                    slice.version(), slice.next(), slice.events().stream().map(Code::event));
        });
    }

    @Override
    public Answer readLog(LogFilter filter, Direction direction, int mark, int limit) {
        return CheckedCalls.call(() -> {
            LogQuery query = new LogQuery(direction, position(mark), filter, limit);
            return Answer.list(log(store(), query).stream().map(Code::event).toList());
        });
    }

    /** Returns the events of this run that a query finds. */
    private List<RecordedEvent> log(EventStore store, LogQuery query) {
        awaitLog(store);
        boolean forwards = query.direction() == Direction.FORWARDS;
        LogPage all = PagedLog.backTo(marks.get(0), store, query);
        Expect.that(
                !forwards || !sightings.last().isAfter(all.scannedTo()),
                "the log was scanned up to its end at %s, and an event lies at %s"
                        .formatted(all.scannedTo(), sightings.last()));
        List<RecordedEvent> own = all.events().stream()
                .filter(event -> isOwn(event.stream().value()))
                .toList();
        own.forEach(sightings::seen);
        Sightings.ascending(own, forwards);
        return own;
    }

    /** Waits until an append that returned is in the log: at once, or within the time that the store declares (G8). */
    private void awaitLog(EventStore store) {
        LogVisibility visibility = store.capabilities().logVisibility();
        Duration patience = visibility.isImmediate()
                ? Duration.ZERO
                : visibility.bound().multipliedBy(10).plusSeconds(5);
        Position wanted = sightings.last();
        Expect.that(
                Waiting.until(patience, () -> !wanted.isAfter(CheckedCalls.notNull(store.head(), "head()"))),
                "after %s the head of the log is still before %s, the position of an append"
                        .formatted(patience, wanted));
    }

    @Override
    public Answer head() {
        return CheckedCalls.call(() -> {
            EventStore store = store();
            awaitLog(store);
            Position now = CheckedCalls.notNull(store.head(), "head()");
            Expect.that(!head.isAfter(now), "the head went back from %s to %s".formatted(head, now));
            head = now;
            Position decided = CheckedCalls.notNull(store.lastDecided(), "lastDecided()");
            Expect.that(
                    !now.isAfter(decided), "the head is %s, and the last decided position %s".formatted(now, decided));
            return Answers.DONE;
        });
    }

    @Override
    public Answer positionAt() {
        return CheckedCalls.call(() -> {
            EventStore store = store();
            List<RecordedEvent> events = log(store, LogQuery.all().after(marks.get(0)));
            events.stream()
                    .map(RecordedEvent::recordedAt)
                    .sorted()
                    .distinct()
                    .limit(TIMES)
                    .forEach(time -> Sightings.beginAfter(
                            CheckedCalls.notNull(store.positionAt(time), "positionAt"), time, events));
            return Answers.DONE;
        });
    }

    @Override
    public Answer delete(StreamId stream, ExpectedVersion expected) {
        return done(() -> facet(StreamAdmin.class).delete(stream, expected));
    }

    @Override
    public Answer tombstone(StreamId stream, ExpectedVersion expected) {
        return done(() -> facet(StreamAdmin.class).tombstone(stream, expected));
    }

    @Override
    public Answer truncateBefore(StreamId stream, long version) {
        return done(() -> facet(StreamAdmin.class).truncateBefore(stream, version));
    }

    static Answer done(Runnable call) {
        return CheckedCalls.callOfStream(() -> {
            call.run();
            return Answers.DONE;
        });
    }

    /** The number of removed events is not compared, because hidden events of others are removed, too. */
    @Override
    public Answer scavenge() {
        return CheckedCalls.call(() -> {
            long removed = facet(Scavenger.class).scavenge();
            Expect.that(removed >= 0, "scavenged " + removed + " events");
            return Answers.DONE;
        });
    }

    @Override
    public Answer saveSnapshot(Snapshot snapshot) {
        return yesOrNo(() -> facet(SnapshotStore.class).save(snapshot));
    }

    static Answer yesOrNo(Callable<Boolean> call) {
        return CheckedCalls.call(() -> Answers.yesOrNo(call.call()));
    }

    @Override
    public Answer loadSnapshot(StreamId stream, String name) {
        return CheckedCalls.call(() ->
                Answers.snapshot(CheckedCalls.notNull(facet(SnapshotStore.class).load(stream, name), "load")));
    }

    @Override
    public Answer deleteSnapshot(StreamId stream, String name) {
        return done(() -> facet(SnapshotStore.class).delete(stream, name));
    }

    @Override
    public Answer streams(String prefix, Optional<StreamId> after, int limit) {
        return CheckedCalls.call(() -> Answer.list(
                CheckedCalls.notNull(facet(StreamCatalog.class).streams(prefix, after, limit), "streams").stream()
                        .map(info -> Answers.stream(info.stream(), info.version(), info.events(), info.state()))
                        .toList()));
    }

    @Override
    public Answer categories() {
        return CheckedCalls.call(() ->
                Answer.list(CheckedCalls.notNull(facet(StreamCatalog.class).categories(), "categories").stream()
                        .filter(info -> isOwn(info.name()))
                        .map(info -> Answers.category(info.name(), info.streams(), info.events()))
                        .toList()));
    }

    @Override
    public SubscriptionSubject subscriptions() {
        return subscriptions;
    }
}
