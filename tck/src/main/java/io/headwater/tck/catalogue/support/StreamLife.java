package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream that is written, emptied, written again and tombstoned in the end: with every expectation, by deletes and by
 * truncations. Every answer about it is compared after every step (D1 to D3).
 */
public final class StreamLife {
    private static final int BEYOND = 1000;

    /** More than a hundred, so that versions get three digits. */
    private static final int MANY = 101;

    private final RuleContext rule;
    private final Way way;
    private final KnownStream known;

    public StreamLife(RuleContext rule, Way way, StreamId stream) {
        this.rule = rule;
        this.way = way;
        this.known = new KnownStream(rule, stream);
    }

    /** This many lives, and the end. */
    public List<StoreStep> steps(int lives) {
        List<StoreStep> steps = new ArrayList<>();
        steps.add(store -> known.isKnown(store, way));
        for (int life = 0; life < lives; life++) {
            steps.addAll(written());
            if (rule.store().capabilities().supports(Capability.STREAM_ADMIN)) {
                steps.addAll(emptied());
            }
        }
        steps.add(store -> appends(store, any(), MANY));
        if (rule.store().capabilities().supports(Capability.STREAM_ADMIN)) {
            steps.addAll(ended());
        }
        return steps;
    }

    /** Fails unless the store answers every question as known, and its log has all events, as nothing was scavenged. */
    public void isKnown(EventStore store) {
        known.isKnown(store, way);
        known.isInLog(store);
    }

    /** Fails unless the log has all events, hidden ones, too, as nothing was scavenged. */
    public void isInLog(EventStore store) {
        known.isInLog(store);
    }

    private void appends(EventStore store, ExpectedVersion expected, int count) {
        known.appends(store, way, expected, rule.events(count));
    }

    private List<StoreStep> written() {
        return List.of(
                store -> appends(store, noneOrAny(), 3),
                store -> appends(store, exactly(known.version()), 2),
                store -> appends(store, streamExists(), 1),
                store -> appends(store, any(), 2));
    }

    /** Where nothing can be deleted, only the first life begins with no stream. */
    private ExpectedVersion noneOrAny() {
        boolean emptied = known.version() == 0 || rule.store().capabilities().supports(Capability.STREAM_ADMIN);
        return emptied ? noStream() : any();
    }

    private List<StoreStep> emptied() {
        return List.of(
                store -> known.truncates(store, way, known.version() - 2),
                store -> known.truncates(store, way, 1),
                store -> known.deletes(store, way, exactly(known.version())),
                store -> known.deletes(store, way, any()),
                store -> appends(store, exactly(known.version()), 1),
                store -> known.truncates(store, way, known.version() + BEYOND),
                store -> known.truncates(store, way, known.version()),
                store -> appends(store, any(), 2),
                store -> known.deletes(store, way, streamExists()),
                store -> known.deletes(store, way, noStream()));
    }

    private List<StoreStep> ended() {
        return List.of(
                store -> known.truncates(store, way, known.version() - 1),
                store -> known.truncates(store, way, known.version() + 1),
                store -> appends(store, noStream(), 2),
                store -> known.tombstones(store, way, exactly(known.version())));
    }
}
