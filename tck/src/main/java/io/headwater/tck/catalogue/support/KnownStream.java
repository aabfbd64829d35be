package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;

import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Capability;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.Violation;
import io.headwater.Violation.Reason;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.PagedLog;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream, the only one of its category, of which all is known: every event that it ever had, and which of them can be read. Each
 * change is made by a store over the storage, and whether all of it is answered as known can be asked of any.
 */
final class KnownStream {
    private final RuleContext rule;
    private final StreamId stream;
    private final List<RecordedEvent> events = new ArrayList<>();
    private StreamBounds bounds = StreamBounds.NONE;

    /** The last change, if it was an append. */
    private @Nullable Repeatable last;

    private record Repeatable(AppendRequest request, AppendResult result) {}

    KnownStream(RuleContext rule, StreamId stream) {
        this.rule = rule;
        this.stream = stream;
    }

    long version() {
        return bounds.version();
    }

    void appends(EventStore store, Way way, ExpectedVersion expected, List<EventData> added) {
        AppendRequest request = AppendRequest.to(stream, expected, added);
        Object outcome = way.append(store, request);
        Expect.that(
                outcome instanceof Appended,
                "an append to '%s', which is at %s, expecting %s ended with %s"
                        .formatted(stream, bounds, expected, outcome));
        AppendResult result = ((Appended) outcome).first();
        bounds = bounds.grown(added.size());
        learn(store, added);
        RecordedEvent end = events.get(events.size() - 1);
        AppendResult known = new AppendResult(stream, bounds.version(), end.position(), false);
        Expect.equal("outcome of an append", new Appended(List.of(known)), outcome);
        last = new Repeatable(request, new AppendResult(stream, result.version(), result.position(), true));
        isKnown(store, way);
    }

    /** How events were recorded is learned when they are read for the first time. */
    private void learn(EventStore store, List<EventData> added) {
        long first = events.size() + 1L;
        List<RecordedEvent> read = store.readStream(
                        stream, ReadOptions.forwards().from(first).limit(added.size()))
                .events();
        Expect.versions("appended to '" + stream + "'", first, bounds.version(), read);
        Expect.events("appended to '" + stream + "'", added, read);
        events.addAll(read);
    }

    void deletes(EventStore store, Way way, ExpectedVersion expected) {
        admin(store).delete(stream, expected);
        bounds = bounds.deleted();
        changed(store, way);
    }

    void truncates(EventStore store, Way way, long version) {
        admin(store).truncateBefore(stream, version);
        bounds = bounds.truncatedBefore(version);
        changed(store, way);
    }

    void tombstones(EventStore store, Way way, ExpectedVersion expected) {
        admin(store).tombstone(stream, expected);
        bounds = new StreamBounds(bounds.version(), bounds.version() + 1, true);
        changed(store, way);
    }

    private void changed(EventStore store, Way way) {
        last = null;
        isKnown(store, way);
    }

    private StreamAdmin admin(EventStore store) {
        return rule.facet(store, StreamAdmin.class);
    }

    /** Where the log ends is at or above every append, at once or later as the store declares. */
    private void isReached(EventStore store) {
        if (!events.isEmpty()) {
            Position position = events.get(events.size() - 1).position();
            Position decided = store.lastDecided();
            Expect.that(
                    !position.isAfter(decided),
                    "an append returned %s, and %s was the last that was ever decided".formatted(position, decided));
            rule.awaitLog(store);
        }
    }

    /** Fails unless the store answers every question as known. Appends that are refused are made in this way. */
    void isKnown(EventStore store, Way way) {
        isReached(store);
        if (bounds.tombstoned()) {
            isGone(store, way);
        } else {
            isRead(store);
            refusesAppends(store, way);
        }
        if (store.capabilities().supports(Capability.STREAM_ADMIN)) {
            refusesDeletes(store);
        }
        if (store.capabilities().supports(Capability.STREAM_CATALOG)) {
            isListed(rule.facet(store, StreamCatalog.class));
        }
        Optional.ofNullable(last)
                .filter(append -> Repeats.areRecognised(store.capabilities().idempotency(), append.request()))
                .ifPresent(append -> Expect.equal(
                        "repeat of the last append",
                        new Appended(List.of(append.result())),
                        way.append(store, append.request())));
    }

    private void isRead(EventStore store) {
        List<RecordedEvent> left = events.subList((int) bounds.first() - 1, (int) bounds.version());
        reads(store, ReadOptions.forwards(), left);
        reads(store, ReadOptions.backwards(), reversed(left));
        if (!left.isEmpty()) {
            int middle = left.size() / 2;
            long version = left.get(middle).version();
            reads(store, ReadOptions.forwards().from(version), left.subList(middle, left.size()));
            reads(store, ReadOptions.backwards().from(version), reversed(left.subList(0, middle + 1)));
        }
    }

    private static List<RecordedEvent> reversed(List<RecordedEvent> list) {
        List<RecordedEvent> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    /** All that is asked for, and its first event alone. */
    private void reads(EventStore store, ReadOptions options, List<RecordedEvent> expected) {
        Expect.equal(
                "%s, %s".formatted(stream, options),
                new StreamSlice(stream, bounds.version(), expected, OptionalLong.empty()),
                store.readStream(stream, options));
        OptionalLong next =
                expected.size() > 1 ? OptionalLong.of(expected.get(1).version()) : OptionalLong.empty();
        Expect.equal(
                "first of %s, %s".formatted(stream, options),
                new StreamSlice(
                        stream, bounds.version(), expected.stream().limit(1).toList(), next),
                store.readStream(stream, options.limit(1)));
    }

    /** Versions that the stream never had, and the states in which it is not. */
    private List<ExpectedVersion> notMet() {
        return List.of(
                exactly(bounds.version() + 1),
                bounds.version() == 1 ? exactly(2) : exactly(Math.max(1, bounds.version() - 1)),
                bounds.live() ? noStream() : streamExists());
    }

    private Violation violation(ExpectedVersion expected, Reason reason) {
        return new Violation(stream, expected, bounds.version(), reason);
    }

    private void refusesAppends(EventStore store, Way way) {
        for (ExpectedVersion expected : notMet()) {
            Expect.equal(
                    "append to '%s', which is at %s".formatted(stream, bounds),
                    new Conflict(List.of(violation(expected, Reason.VERSION))),
                    way.append(store, AppendRequest.to(stream, expected, rule.event())));
        }
    }

    private void refusesDeletes(EventStore store) {
        if (bounds.tombstoned()) {
            gone("delete", () -> admin(store).delete(stream, any()));
            gone("tombstone", () -> admin(store).tombstone(stream, any()));
            gone("truncation", () -> admin(store).truncateBefore(stream, 1));
            return;
        }
        Reason reason = bounds.version() == 0 ? Reason.NEVER_WRITTEN : Reason.VERSION;
        for (ExpectedVersion expected : notMet()) {
            refused("delete", violation(expected, reason), () -> admin(store).delete(stream, expected));
            refused(
                    "tombstone",
                    violation(expected, Reason.VERSION),
                    () -> admin(store).tombstone(stream, expected));
        }
    }

    private void refused(String what, Violation expected, Expect.Call call) {
        WrongExpectedVersion thrown = Expect.thrown(
                WrongExpectedVersion.class, "%s of '%s', which is at %s".formatted(what, stream, bounds), call);
        Expect.equal("violations of a " + what, List.of(expected), thrown.violations());
    }

    private void gone(String what, Expect.Call call) {
        StreamDeleted thrown = Expect.thrown(StreamDeleted.class, what + " of a tombstoned stream", call);
        Expect.equal("stream that is tombstoned", stream, thrown.stream());
    }

    private void isGone(EventStore store, Way way) {
        gone("read", () -> store.readStream(stream));
        gone(
                "last event",
                () -> store.readStream(stream, ReadOptions.backwards().limit(1)));
        gone("append", () -> way.append(store, AppendRequest.to(stream, any(), rule.event())));
    }

    private void isListed(StreamCatalog catalog) {
        boolean there = bounds.version() > 0 || bounds.tombstoned();
        Expect.equal(
                "streams listed",
                there ? List.of(bounds.info(stream)) : List.of(),
                catalog.streams(stream.value(), Optional.empty(), 2));
        String category = stream.category().orElseThrow();
        Expect.equal(
                "categories listed",
                there ? List.of(new CategoryInfo(category, 1, bounds.events())) : List.of(),
                catalog.categories().stream()
                        .filter(listed -> listed.name().equals(category))
                        .toList());
    }

    /** What is hidden stays there, as nothing was scavenged. */
    void isInLog(EventStore store) {
        LogQuery query = LogQuery.category(stream.category().orElseThrow());
        Expect.equal("events in the log", events, rule.log(store, query.after(rule.start())));
        List<RecordedEvent> backwards =
                PagedLog.backTo(rule.start(), store, query.backwards()).events();
        Expect.equal("events in the log, backwards", reversed(events), backwards);
    }
}
