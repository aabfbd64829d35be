package io.headwater.internal.subscription.parking;

import io.headwater.EventStore;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.internal.subscription.log.LogPlace;
import io.headwater.internal.subscription.log.PositionRecords;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stored records of a subscription's parked events: one for each event, by its position, and one for each stream whose replay
 * was requested.
 */
public final class ParkedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ParkedRecords.class);
    private static final String PARKED = "parked";
    private static final String WANTED = "replay";
    private static final int PAGE = 500;

    private final EventStore store;
    private final CheckpointStore checkpoints;
    private final String subscription;

    public ParkedRecords(EventStore store, CheckpointStore checkpoints, String subscription) {
        this.store = store;
        this.checkpoints = checkpoints;
        this.subscription = subscription;
    }

    static RecordChange put(RecordedEvent event, String error, int attempts, Instant now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("stream", event.stream().value());
        fields.put("version", Long.toString(event.version()));
        fields.put("type", event.type());
        fields.put("error", error);
        fields.put("attempts", Integer.toString(attempts));
        fields.put("parkedAt", now.toString());
        return RecordChange.put(PARKED, event.position().toString(), Metadata.of(fields));
    }

    public static RecordChange remove(Position position) {
        return RecordChange.remove(PARKED, position.toString());
    }

    public static RecordChange want(StreamId stream) {
        return RecordChange.put(
                WANTED,
                stream.value(),
                Metadata.of(Map.of("since", Instant.now().toString())));
    }

    static RecordChange unwant(StreamId stream) {
        return RecordChange.remove(WANTED, stream.value());
    }

    /** Returns all parked events by position. They are read page by page. */
    public Stream<ParkedRecord> all() {
        return pages(PARKED).map(ParkedRecord::read);
    }

    private Stream<SubscriptionRecord> pages(String kind) {
        return Stream.iterate(page(kind, ""), page -> !page.isEmpty(), page -> page(kind, last(page)))
                .flatMap(List::stream);
    }

    private static String last(List<SubscriptionRecord> page) {
        return page.get(page.size() - 1).key();
    }

    private List<SubscriptionRecord> page(String kind, String after) {
        return checkpoints.records(subscription, kind, after, PAGE);
    }

    Optional<ParkedRecord> find(Position position) {
        return PositionRecords.find(checkpoints, subscription, PARKED, position).map(ParkedRecord::read);
    }

    /** Reads the event. Empty if it was scavenged. An event that its stream hides is in the log until then (D4). */
    Optional<RecordedEvent> event(ParkedRecord parked) {
        return inStream(parked).or(() -> LogPlace.read(store, parked.position()).at());
    }

    private Optional<RecordedEvent> inStream(ParkedRecord parked) {
        try {
            ReadOptions one = ReadOptions.forwards().from(parked.version()).limit(1);
            return store.readStream(parked.stream(), one).events().stream()
                    .filter(event -> event.position().equals(parked.position()))
                    .findFirst();
        } catch (StreamDeleted e) {
            LOG.trace("the stream of a parked event is tombstoned", e);
            return Optional.empty();
        }
    }

    public Set<StreamId> wanted() {
        return pages(WANTED).map(kept -> StreamId.of(kept.key())).collect(Collectors.toSet());
    }
}
