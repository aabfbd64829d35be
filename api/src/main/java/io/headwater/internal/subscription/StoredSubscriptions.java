package io.headwater.internal.subscription;

import io.headwater.DeliveryAudit;
import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.ParkedEvent;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.Subscriptions;
import io.headwater.internal.subscription.audit.AuditWindow;
import io.headwater.internal.subscription.audit.Auditor;
import io.headwater.internal.subscription.lease.DurableRecords;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.LagMeter;
import io.headwater.internal.subscription.log.Selection;
import io.headwater.internal.subscription.parking.ParkedRecord;
import io.headwater.internal.subscription.parking.ParkedRecords;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The durable subscriptions that the store has a checkpoint of. */
final class StoredSubscriptions implements Subscriptions {
    /**
     * The number of parked events whose records are changed together. Each event has two records; requests and removals are
     * small.
     */
    private static final int AT_ONCE = SubscriptionRecord.MAX_CHANGES / 2;

    private final EventStore store;
    private final CheckpointStore checkpoints;
    private final Consumer<String> lookForReplays;

    /**
     * Creates an administration of the subscriptions of this store.
     *
     * @param lookForReplays is called with the name of a subscription for which a replay or a drop was requested
     */
    StoredSubscriptions(EventStore store, CheckpointStore checkpoints, Consumer<String> lookForReplays) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.lookForReplays = lookForReplays;
    }

    @Override
    public List<SubscriptionInfo> list() {
        return checkpoints.list().stream()
                .filter(checkpoint -> checkpoint.partition() == DurableRecords.PARTITION)
                .map(this::info)
                .toList();
    }

    @Override
    public Optional<SubscriptionInfo> find(String name) {
        return checkpoints.load(name).stream()
                .filter(checkpoint -> checkpoint.partition() == DurableRecords.PARTITION)
                .findFirst()
                .map(this::info);
    }

    private SubscriptionInfo info(Checkpoint checkpoint) {
        String name = checkpoint.subscription();
        Optional<Selection> selection = Selection.load(checkpoints, name);
        EventSource source =
                selection.orElse(new Selection(null, LogFilter.all())).source(store);
        return new SubscriptionInfo(
                name,
                selection.map(Selection::words).orElse("not yet known"),
                checkpoint.position(),
                checkpoint.savedAt(),
                holder(name),
                lot(name).all().count(),
                AuditWindow.last(checkpoints, name).isPresent(),
                LagMeter.measure(source, checkpoint.position()));
    }

    private Optional<String> holder(String name) {
        return checkpoints.holder(name).map(holder -> holder.lease().owner());
    }

    private ParkedRecords lot(String name) {
        return new ParkedRecords(store, checkpoints, name);
    }

    @Override
    public void reset(String name, Position position) {
        EventSource.checkReached(position, store, "position");
        checkpoints.reset(name, position);
    }

    @Override
    public boolean forget(String name) {
        return checkpoints.forget(name);
    }

    @Override
    public Stream<ParkedEvent> parked(String name) {
        Set<StreamId> wanted = lot(name).wanted();
        return lot(name).all().map(parked -> parked.toEvent(wanted.contains(parked.stream())));
    }

    @Override
    public long replay(String name) {
        return replay(name, parked -> true);
    }

    @Override
    public long replay(String name, StreamId stream) {
        store.capabilities().check(stream);
        return replay(name, parked -> parked.stream().equals(stream));
    }

    private long replay(String name, Predicate<ParkedRecord> which) {
        return change(name, which, parked -> Stream.of(ParkedRecords.want(parked.stream())));
    }

    /**
     * Changes the records of parked events, for those that still have one. The process that runs the subscription reads the
     * records again.
     */
    private long change(
            String name, Predicate<ParkedRecord> which, Function<ParkedRecord, Stream<RecordChange>> changes) {
        List<ParkedRecord> chosen = lot(name).all().filter(which).toList();
        for (int i = 0; i < chosen.size(); i += AT_ONCE) {
            checkpoints.change(name, changesOf(chosen.subList(i, Math.min(chosen.size(), i + AT_ONCE)), changes));
        }
        lookForReplays.accept(name);
        return chosen.size();
    }

    /** Removes duplicates: several events of a stream request the same replay. */
    private static List<RecordChange> changesOf(
            List<ParkedRecord> some, Function<ParkedRecord, Stream<RecordChange>> changes) {
        Map<String, RecordChange> all = new LinkedHashMap<>();
        some.stream().flatMap(changes).forEach(change -> all.putIfAbsent(change.kind() + ' ' + change.key(), change));
        return List.copyOf(all.values());
    }

    @Override
    public long drop(String name) {
        return drop(name, parked -> true);
    }

    @Override
    public long drop(String name, StreamId stream) {
        store.capabilities().check(stream);
        return drop(name, parked -> parked.stream().equals(stream));
    }

    /** Drops the request for a replay together with the events, so that no stream waits for events that are gone. */
    private long drop(String name, Predicate<ParkedRecord> which) {
        return change(
                name,
                which,
                parked -> Stream.of(ParkedRecords.remove(parked.position()), ParkedRecords.want(parked.stream())));
    }

    @Override
    public DeliveryAudit audit(String name) {
        Optional<Checkpoint> checkpoint = checkpoints.load(name).stream().findFirst();
        Optional<Selection> selection = Selection.load(checkpoints, name);
        Iterator<AuditWindow> windows = AuditWindow.all(checkpoints, name).iterator();
        if (!windows.hasNext() || selection.isEmpty() || checkpoint.isEmpty()) {
            throw new InvalidRequest(
                    "subscription '%s' has nothing to audit: open it with audited(), and let it save a checkpoint"
                            .formatted(name));
        }
        EventSource source = selection.get().source(store);
        return new Auditor(store, name, source).audit(windows, checkpoint.get().position());
    }
}
