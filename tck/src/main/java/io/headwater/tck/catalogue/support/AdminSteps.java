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
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Scavenger;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.WrongExpectedVersion;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams that are deleted, truncated, tombstoned, scavenged and written again (D1 to D4, F1, I1). */
public final class AdminSteps {
    private final RuleContext rule;
    private final String category;
    private final StreamId lives;
    private final StreamId cut;
    private final StreamId ends;

    /** Is removed when its events are the last ones of the log. */
    private final StreamId last;

    private final Map<StreamId, StreamBounds> bounds = new LinkedHashMap<>();
    private final Map<AppendRequest, AppendResult> repeats = new LinkedHashMap<>();
    private final List<Position> positions = new ArrayList<>(List.of(Position.START));
    private boolean scavenged;

    public AdminSteps(RuleContext rule) {
        this.rule = rule;
        this.category = rule.name();
        this.lives = rule.stream(category);
        this.cut = rule.stream(category);
        this.ends = rule.stream(category);
        this.last = rule.stream(category);
    }

    public List<StoreStep> steps() {
        return List.of(
                store -> {
                    writes(store, lives, noStream(), 3);
                    writes(store, cut, noStream(), 5);
                    writes(store, ends, noStream(), 2);
                },
                store -> {
                    deletes(store, lives, exactly(3));
                    truncates(store, 3);
                    tombstones(store);
                },
                store -> repeats.put(writes(store, lives, noStream(), 2), replay()),
                store -> deletes(store, lives, any()),
                store -> {
                    repeats.put(writes(store, lives, noStream(), 1), replay());
                    truncates(store, 100);
                },
                store -> writes(store, cut, exactly(5), 1),
                this::scavenges,
                store -> writes(store, lives, exactly(6), 1),
                store -> {
                    writes(store, last, noStream(), 2);
                    deletes(store, last, any());
                    removesHidden(store);
                },
                this::isKnown);
    }

    private StreamBounds bounds(StreamId stream) {
        return bounds.getOrDefault(stream, StreamBounds.NONE);
    }

    private AppendRequest writes(EventStore store, StreamId stream, ExpectedVersion expected, int count) {
        isKnown(store);
        AppendRequest request = AppendRequest.to(stream, expected, rule.events(count));
        AppendResult result = store.append(request).get(0);
        bounds.put(stream, bounds(stream).grown(count));
        Expect.equal("version of '" + stream + "'", bounds(stream).version(), result.version());
        Expect.ascending("positions", lastPosition(), result.position());
        positions.add(result.position());
        return request;
    }

    /** What the append to {@link #lives} that was made last answers to its repeat. */
    private AppendResult replay() {
        return new AppendResult(lives, bounds(lives).version(), lastPosition(), true);
    }

    private Position lastPosition() {
        return positions.get(positions.size() - 1);
    }

    private StreamAdmin admin(EventStore store) {
        return rule.facet(store, StreamAdmin.class);
    }

    private void deletes(EventStore store, StreamId stream, ExpectedVersion expected) {
        isKnown(store);
        admin(store).delete(stream, expected);
        bounds.put(stream, bounds(stream).deleted());
    }

    private void truncates(EventStore store, long version) {
        isKnown(store);
        admin(store).truncateBefore(cut, version);
        bounds.put(cut, bounds(cut).truncatedBefore(version));
    }

    private void tombstones(EventStore store) {
        isKnown(store);
        admin(store).tombstone(ends, exactly(2));
        bounds.put(ends, new StreamBounds(2, 3, true));
    }

    private void scavenges(EventStore store) {
        isKnown(store);
        removesHidden(store);
    }

    private void removesHidden(EventStore store) {
        if (store.capabilities().supports(Capability.SCAVENGE)) {
            rule.facet(store, Scavenger.class).scavenge();
            scavenged = true;
        }
    }

    private void isKnown(EventStore store) {
        bounds.forEach((stream, known) -> {
            if (known.tombstoned()) {
                isGone(store, stream);
            } else {
                isThere(store, stream, known);
            }
        });
        if (store.capabilities().supports(Capability.STREAM_CATALOG)) {
            bounds.forEach((stream, known) -> isListed(store, stream, known));
        }
        repeats.forEach((request, result) -> isRepeat(store, request, result));
        isInLog(store);
        Position decided = store.lastDecided();
        Expect.that(
                !lastPosition().isAfter(decided),
                "an append returned %s, and %s was the last that was ever decided".formatted(lastPosition(), decided));
    }

    private void isGone(EventStore store, StreamId stream) {
        AppendRequest append = AppendRequest.to(stream, any(), rule.event());
        Expect.thrown(StreamDeleted.class, "append to a tombstoned stream", () -> store.tryAppend(append));
        Expect.thrown(StreamDeleted.class, "read of a tombstoned stream", () -> store.readStream(stream));
        Expect.thrown(
                StreamDeleted.class,
                "delete of a tombstoned stream",
                () -> admin(store).delete(stream, any()));
    }

    private void isThere(EventStore store, StreamId stream, StreamBounds known) {
        StreamSlice slice = store.readStream(stream);
        Expect.equal("version of '" + stream + "'", known.version(), slice.version());
        Expect.equal("events of '" + stream + "'", known.events(), (long)
                slice.events().size());
        if (known.live()) {
            Expect.versions("stream '" + stream + "'", known.first(), known.version(), slice.events());
        }
        ExpectedVersion notMet = known.live() ? noStream() : streamExists();
        Expect.that(
                store.tryAppend(AppendRequest.to(stream, notMet, rule.event())) instanceof Conflict,
                "an append to '%s', which is at %s, expecting %s is no conflict".formatted(stream, known, notMet));
        Expect.thrown(
                WrongExpectedVersion.class,
                "a delete of '%s', which is at %s, expecting %s".formatted(stream, known, notMet),
                () -> admin(store).delete(stream, notMet));
    }

    private void isListed(EventStore store, StreamId stream, StreamBounds known) {
        Expect.equal(
                "the catalog's entry",
                List.of(known.info(stream)),
                rule.facet(store, StreamCatalog.class).streams(stream.value(), Optional.empty(), 1));
    }

    /** As long as the stream is live, and what it repeats was not removed. */
    private void isRepeat(EventStore store, AppendRequest request, AppendResult result) {
        if (!bounds(lives).live()) {
            return;
        }
        boolean removed = scavenged && result.version() < bounds(lives).first();
        Object outcome = store.tryAppend(request);
        if (removed) {
            Expect.that(outcome instanceof Conflict, "the repeat of a removed append ended with " + outcome);
        } else {
            Expect.equal("the repeat of an append", new Appended(List.of(result)), outcome);
        }
    }

    private void isInLog(EventStore store) {
        List<RecordedEvent> log = rule.log(store, LogQuery.category(category).after(rule.start()));
        bounds.forEach((stream, known) -> {
            List<RecordedEvent> events = log.stream()
                    .filter(event -> event.stream().equals(stream))
                    .filter(event -> !scavenged || event.version() < known.first())
                    .toList();
            if (scavenged) {
                Expect.none("hidden events of '" + stream + "' in the log", events);
            } else {
                Expect.versions("events of '" + stream + "' in the log", 1, known.version(), events);
            }
        });
    }
}
