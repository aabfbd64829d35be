package io.headwater.migration.plan;

import io.headwater.EventStore;
import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.migration.select.CannotChange;
import io.headwater.migration.select.Rewriting;
import io.headwater.migration.store.Replicas;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.ChangePage;
import io.headwater.spi.Replication;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Reads the changes of a source, and says what of them the target does not take, or does not keep. Writes nothing. */
public final class Scan {
    private static final int PAGE = 1000;

    private final EventStore source;
    private final Rewriting rewriting;
    private final Findings findings;
    private final AppendScan appends;
    private final HiddenScan hidden;
    private final long start = System.nanoTime();
    private long events;
    private long bytes;

    /** For one {@link #run}, between two open stores. */
    public Scan(EventStore source, EventStore target, Rewriting rewriting) {
        this.source = source;
        this.rewriting = rewriting;
        this.findings = new Findings();
        this.appends = new AppendScan(source, target, findings);
        this.hidden = new HiddenScan(source, target, rewriting, findings);
    }

    /**
     * Reads, and blocks until the head of the source is reached.
     *
     * @param after the position to begin after, as it was copied up to there
     * @param max how many events to read at most
     * @param stop asked now and then whether to end
     * @param progress told now and then how many events were read
     */
    public Scanned run(Position after, long max, BooleanSupplier stop, LongConsumer progress) {
        Replication changes = Replicas.of(source);
        Position at = after;
        boolean more = true;
        while (more && events < max && !stop.getAsBoolean()) {
            ChangePage page = changes.changes(at, LogFilter.all(), PAGE);
            page.changes().forEach(this::rewrite);
            at = page.scannedTo();
            more = page.more();
            progress.accept(events);
        }
        if (!more && after.equals(Position.START)) {
            hidden.settle();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Scanned(!more, events, bytes, time, findings.list());
    }

    private void rewrite(Change change) {
        try {
            rewriting.of(List.of(change)).forEach(this::take);
        } catch (CannotChange e) {
            findings.add(Block.CHANGE, String.valueOf(e.getMessage()));
        }
    }

    private void take(Change change) {
        if (change instanceof Appended append) {
            appends.take(append);
            append.events().forEach(this::take);
        }
    }

    private void take(RecordedEvent event) {
        events++;
        bytes += event.toEventData().size();
        hidden.take(event);
    }
}
