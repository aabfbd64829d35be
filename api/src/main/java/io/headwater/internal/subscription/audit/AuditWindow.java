package io.headwater.internal.subscription.audit;

import io.headwater.InvalidRequest;
import io.headwater.Metadata;
import io.headwater.Position;
import io.headwater.internal.subscription.log.PositionRecords;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.StoredValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The events of a part of the log that were handled, as a count and a digest. Belongs to one ledger at a time. */
public final class AuditWindow {
    private static final String KIND = "audit";

    /** The kind of the record that names the last window. */
    private static final String LAST = "auditLast";

    private static final String CURRENT = "current";
    private static final String WINDOW = "window";

    private static final int PAGE = 100;

    /** The maximum number of events in a window. It limits the part of the log in which a difference has to be searched for. */
    private static final long MAX_EVENTS = 10_000;

    private final Position after;
    private final Digest digest;
    private Position upTo;
    private long handled;
    private long skipped;

    private AuditWindow(Position after, Position upTo, Digest digest) {
        this.after = after;
        this.upTo = upTo;
        this.digest = digest;
    }

    /** Creates an empty window that begins at this position. */
    static AuditWindow at(Position position) {
        return new AuditWindow(position, position, new Digest());
    }

    /** Returns all windows of a subscription, in order. */
    public static Stream<AuditWindow> all(CheckpointStore checkpoints, String subscription) {
        return Stream.iterate(
                        page(checkpoints, subscription, ""),
                        page -> !page.isEmpty(),
                        page -> page(
                                checkpoints,
                                subscription,
                                page.get(page.size() - 1).key()))
                .flatMap(List::stream)
                .map(AuditWindow::read);
    }

    /**
     * Returns the last window of a subscription, without reading those before it. The result is empty if there is none, or if the
     * record that names it is missing. The next window then begins at the checkpoint, where the last window ends, so there is no
     * gap.
     */
    public static Optional<AuditWindow> last(CheckpointStore checkpoints, String subscription) {
        return checkpoints.records(subscription, LAST, "", 1).stream()
                .findFirst()
                .flatMap(note -> find(checkpoints, subscription, text(note, WINDOW)));
    }

    private static Optional<AuditWindow> find(CheckpointStore checkpoints, String subscription, String key) {
        return PositionRecords.find(checkpoints, subscription, KIND, Position.parse(key))
                .map(AuditWindow::read);
    }

    private static List<SubscriptionRecord> page(CheckpointStore checkpoints, String subscription, String after) {
        return checkpoints.records(subscription, KIND, after, PAGE);
    }

    private static AuditWindow read(SubscriptionRecord kept) {
        try {
            return window(kept);
        } catch (RuntimeException e) {
            throw StoredValues.damaged("audit record '" + kept.key() + "'", e);
        }
    }

    private static AuditWindow window(SubscriptionRecord kept) {
        AuditWindow window = new AuditWindow(
                Position.parse(kept.key()), Position.parse(text(kept, "upTo")), Digest.decoded(text(kept, "digest")));
        window.handled = Long.parseLong(text(kept, "handled"));
        window.skipped = Long.parseLong(text(kept, "skipped"));
        return window;
    }

    private static String text(SubscriptionRecord kept, String field) {
        Optional<String> value = kept.fields().get(field);
        return value.orElseThrow(() -> new InvalidRequest("it has no field '" + field + "'"));
    }

    RecordChange toChange() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("upTo", upTo.toString());
        fields.put("handled", Long.toString(handled));
        fields.put("skipped", Long.toString(skipped));
        fields.put("digest", digest.encoded());
        return RecordChange.put(KIND, after.toString(), Metadata.of(fields));
    }

    /** Returns the record that names this window as the last one. */
    RecordChange toNote() {
        return RecordChange.put(LAST, CURRENT, Metadata.of(Map.of(WINDOW, after.toString())));
    }

    /** Adds an event that was handled, or left out by the failure policy. */
    void add(Position position, UUID id, boolean leftOut) {
        digest.add(position, id);
        handled++;
        skipped += leftOut ? 1 : 0;
    }

    void reach(Position position) {
        upTo = position;
    }

    boolean isFull() {
        return handled >= MAX_EVENTS;
    }

    Position after() {
        return after;
    }

    Position upTo() {
        return upTo;
    }

    long handled() {
        return handled;
    }

    long skipped() {
        return skipped;
    }

    Digest digest() {
        return digest;
    }
}
