package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.noStream;

import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.Applied;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Advanced;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Change.Tombstoned;
import io.headwater.spi.Change.Truncated;
import io.headwater.spi.Change.Write;
import io.headwater.spi.ChangePage;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.Replication;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Changes that the store under test returned, applied to other streams of the same store: so every id, version and position of them is
 * one that a store gave.
 */
public final class Copies {
    private static final int PAGE = 100;

    /** How much earlier than the originals copies are recorded, so that their times are those that were applied. */
    private static final Duration EARLIER = Duration.ofDays(3);

    private final RuleContext rule;
    private final Lease lease;

    public Copies(RuleContext rule) {
        this(rule, RuleLeases.lease(rule, rule.name()));
    }

    public Copies(RuleContext rule, Lease lease) {
        this.rule = rule;
        this.lease = lease;
    }

    /** The changes of these streams since the check began, once everything that was done is in the log. */
    public static List<Change> changes(RuleContext rule, StreamId... streams) {
        return changes(rule, rule.store(), LogFilter.all(), streams);
    }

    /** The changes of these streams since the check began, as this store returns them through this filter. */
    public static List<Change> changes(RuleContext rule, EventStore store, LogFilter filter, StreamId... streams) {
        List<StreamId> wanted = List.of(streams);
        rule.store().append(rule.stream(), any(), rule.event());
        rule.awaitLog(store);
        Replication replication = rule.facet(store, Replication.class);
        return after(replication, rule.start(), filter, PAGE).stream()
                .filter(change -> change.streams().stream().anyMatch(wanted::contains))
                .toList();
    }

    /** All changes after a position, read in pages. */
    public static List<Change> after(Replication replication, Position position, LogFilter filter, int limit) {
        List<Change> changes = new ArrayList<>();
        ChangePage page = replication.changes(position, filter, limit);
        changes.addAll(page.changes());
        while (page.more()) {
            Position before = page.scannedTo();
            page = replication.changes(before, filter, limit);
            Expect.that(!page.more() || page.scannedTo().isAfter(before), "a page of changes made no progress");
            changes.addAll(page.changes());
        }
        return changes;
    }

    /** The changes of a stream since the check began, as changes of another one. */
    public List<Change> of(StreamId stream, StreamId copy) {
        return changes(rule, stream).stream().map(change -> moved(change, copy)).toList();
    }

    /** An append of new events to a new stream, as one to another stream. */
    public List<Change> ofNew(StreamId copy, int count) {
        StreamId stream = rule.stream();
        rule.store().append(stream, noStream(), rule.events(count));
        return of(stream, copy);
    }

    /** The only append among the changes of a stream since the check began, as one to another stream. */
    public Appended appended(StreamId stream, StreamId copy) {
        List<Change> changes = of(stream, copy);
        Expect.that(changes.size() == 1 && changes.get(0) instanceof Appended, "expected one append, was " + changes);
        return (Appended) changes.get(0);
    }

    /** The same change of another stream. */
    public static Change moved(Change change, StreamId copy) {
        if (change instanceof Appended appended) {
            Expect.equal("streams of an append to one", 1, appended.writes().size());
            return new Appended(List.of(moved(appended.writes().get(0), copy)));
        } else if (change instanceof Truncated truncated) {
            return new Truncated(truncated.position(), copy, truncated.first());
        } else if (change instanceof Tombstoned tombstoned) {
            return new Tombstoned(tombstoned.position(), copy);
        }
        return new Advanced(copy, ((Advanced) change).version());
    }

    /** The same events of another stream. */
    public static Write moved(Write write, StreamId copy) {
        return new Write(
                write.nonExact(),
                write.events().stream().map(event -> moved(event, copy)).toList());
    }

    private static RecordedEvent moved(RecordedEvent event, StreamId copy) {
        return new RecordedEvent(
                copy,
                event.version(),
                event.position(),
                event.id(),
                event.type(),
                event.data(),
                event.metadata(),
                event.recordedAt().minus(EARLIER));
    }

    /** The same append without its first events. */
    public static Appended from(Appended appended, int skipped) {
        Write write = appended.writes().get(0);
        List<RecordedEvent> events = write.events();
        return new Appended(List.of(new Write(write.nonExact(), events.subList(skipped, events.size()))));
    }

    public Batch batch(List<? extends Change> changes) {
        return new Batch(0, rule.store().storeId(), false, List.copyOf(changes), rule.start());
    }

    public Applied apply(List<? extends Change> changes) {
        return rule.replication().apply(lease, batch(changes));
    }

    /** Applies changes, and fails unless all of them are there afterwards. */
    public void applies(List<? extends Change> changes) {
        Applied applied = apply(changes);
        Expect.that(applied instanceof Applied.Done, "expected that the changes are applied, was " + applied);
    }

    /** Applies changes, and fails unless this stream is told not to fit at this version. */
    public void diverges(StreamId stream, long version, List<? extends Change> changes) {
        Applied applied = apply(changes);
        Expect.that(
                applied instanceof Applied.Diverged diverged
                        && diverged.stream().equals(stream)
                        && diverged.version() == version,
                "expected that version %s of '%s' diverges, was %s".formatted(version, stream, applied));
    }

    /** How far the lease's lanes have come, by the keys of their records. */
    public List<String> progress() {
        return rule.checkpoints().records(lease.subscription(), Batch.PROGRESS, "", PAGE).stream()
                .map(record -> record.key() + " " + record.fields().entries().get("position"))
                .collect(Collectors.toList());
    }
}
