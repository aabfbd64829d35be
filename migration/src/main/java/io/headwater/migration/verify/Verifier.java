package io.headwater.migration.verify;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.UnsupportedCapability;
import io.headwater.migration.store.Fillers;
import io.headwater.migration.store.ListedStreams;
import io.headwater.migration.store.Replicas;
import io.headwater.migration.store.StreamState;
import io.headwater.spi.Fidelity;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Compares the source of a migration with its target. Both are read; nothing is written. One use, by one thread. */
public final class Verifier {
    private static final int PROGRESS_INTERVAL = 1000;

    private final EventStore source;
    private final EventStore target;
    private final Extent extent;
    private final Differences found;
    private final BooleanSupplier stop;
    private final LongConsumer progress;
    private final long start = System.nanoTime();
    private boolean complete = true;

    /**
     * A comparison of two open stores.
     *
     * @param listener told of each difference
     * @param stop asked now and then whether to end
     * @param progress told now and then how much was compared
     */
    public Verifier(
            EventStore source,
            EventStore target,
            Extent extent,
            Consumer<Difference> listener,
            BooleanSupplier stop,
            LongConsumer progress) {
        this.source = source;
        this.target = target;
        this.extent = extent;
        this.found = new Differences(listener);
        this.stop = stop;
        this.progress = progress;
    }

    /**
     * Compares, and blocks until it is done.
     *
     * @throws UnsupportedCapability if a store has no catalog, which {@link Depth#COUNTS} and {@link Depth#VERSIONS} need
     */
    public Verification run(Depth depth) {
        long compared = switch (depth) {
            case COUNTS -> counts();
            case VERSIONS -> versions();
            case FULL -> full();
        };
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return new Verification(depth, complete, compared, found.counts(), found.first(), time);
    }

    private long counts() {
        Iterator<StreamState> taken =
                new TakenStreams(ListedStreams.of(source).orElseThrow(Verifier::withoutCatalog), extent.rewriting());
        return CategoryComparison.run(taken, catalog(target), found);
    }

    private static StreamCatalog catalog(EventStore store) {
        return store.facet(StreamCatalog.class).orElseThrow(Verifier::withoutCatalog);
    }

    private static UnsupportedCapability withoutCatalog() {
        return new UnsupportedCapability(Set.of(Capability.STREAM_CATALOG));
    }

    private long versions() {
        CatalogComparison catalogs = new CatalogComparison(
                source,
                target,
                extent,
                new TakenStreams(ListedStreams.of(source).orElseThrow(Verifier::withoutCatalog), extent.rewriting()),
                ListedStreams.of(target).orElseThrow(Verifier::withoutCatalog),
                found);
        run(catalogs::step);
        return catalogs.compared();
    }

    private long full() {
        LogComparison logs = new LogComparison(
                new LogSide(upTo(extent.copied())),
                new LogSide(copied()),
                new Unmatched(this::isHidden, event -> found.accept(Difference.missing(event))),
                new Unmatched(this::isHidden, event -> found.accept(Difference.extra(event))),
                new EventComparison(
                        target.capabilities().limits(),
                        Replicas.of(target).fidelity().contains(Fidelity.RECORDED_AT),
                        Replicas.keepPositions(source, target, extent.began())),
                found);
        run(logs::step);
        if (complete && hasCatalog(source) && hasCatalog(target)) {
            versions();
        }
        return logs.compared();
    }

    /** Whether both stores hide an event, so that one of them may have removed it. */
    private boolean isHidden(RecordedEvent event) {
        return hides(source, extent.rewriting().original(event.stream()), event.version())
                && hides(target, event.stream(), event.version());
    }

    private static boolean hides(EventStore store, StreamId stream, long version) {
        StreamState state = StreamState.read(store, stream);
        return state.tombstoned() || (version <= state.version() && version < state.first());
    }

    private static boolean hasCatalog(EventStore store) {
        return store.facet(StreamCatalog.class).isPresent();
    }

    private Iterator<RecordedEvent> upTo(Position last) {
        return source.log(LogQuery.all())
                .takeWhile(event -> !event.position().isAfter(last))
                .flatMap(event -> extent.rewriting().of(event).stream())
                .iterator();
    }

    private Iterator<RecordedEvent> copied() {
        return target.log(LogQuery.all().after(extent.began()))
                .filter(event -> !Fillers.contain(event))
                .iterator();
    }

    private void run(BooleanSupplier step) {
        long steps = 0;
        while (step.getAsBoolean()) {
            if (++steps % PROGRESS_INTERVAL == 0) {
                progress.accept(steps);
                if (stop.getAsBoolean()) {
                    complete = false;
                    return;
                }
            }
        }
    }
}
