package io.headwater.tck.catalogue.support;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamId;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.List;

/**
 * A store that has all of everything that it is capable of: streams, snapshots and subscriptions in every state. What it answers
 * then, every other store over the same storage answers, too, and so do those that are opened later (L6).
 */
public final class WholeStore {
    /** Names of snapshots; the last one is of none. */
    static final List<String> SNAPSHOTS = List.of("state", "other", "deleted", "deleted and saved", "none");

    final RuleContext rule;
    final String name;
    final WholeStreams streams;
    final WholeSubscriptions subscriptions;

    /** Of what the snapshots are. */
    final StreamId summarised;

    /** How far the log had come when all was there. */
    final Position reached;

    private WholeStore(RuleContext rule, EventStore store, String name) {
        this.rule = rule;
        this.name = name;
        this.streams = new WholeStreams(rule, store, name);
        this.subscriptions = new WholeSubscriptions(rule, store, name);
        this.summarised = StreamId.of(name + "a", "summarised");
        fill(store);
        rule.awaitLog(store);
        this.reached = store.head();
    }

    /** Fills the store under test. */
    public static WholeStore of(RuleContext rule) {
        return new WholeStore(rule, rule.store(), rule.name());
    }

    /** Fills this store. */
    public static WholeStore of(RuleContext rule, EventStore store) {
        return new WholeStore(rule, store, rule.name());
    }

    private void fill(EventStore store) {
        streams.fill();
        if (streams.has(Capability.SNAPSHOTS)) {
            summarise(rule.facet(store, SnapshotStore.class));
        }
        subscriptions.fill(streams);
        streams.bounds.forEach((stream, bounds) -> isAsKnown(store, stream, bounds));
    }

    private Snapshot snapshot(String snapshot, long version) {
        return new Snapshot(summarised, snapshot, version, Payload.json("{\"version\": " + version + "}"));
    }

    private void summarise(SnapshotStore snapshots) {
        snapshots.save(snapshot("state", 4));
        snapshots.save(snapshot("state", 7));
        snapshots.save(new Snapshot(summarised, "other", 2, Payload.binary(new byte[] {1, 0, -1})));
        snapshots.save(snapshot("deleted", 9));
        snapshots.delete(summarised, "deleted");
        snapshots.save(snapshot("deleted and saved", 9));
        snapshots.delete(summarised, "deleted and saved");
        snapshots.save(snapshot("deleted and saved", 3));
    }

    /** What is not saved, as one of this or a later version is there. */
    List<Snapshot> outdated() {
        return List.of(snapshot("state", 6), snapshot("state", 7), snapshot("deleted and saved", 2));
    }

    private static void isAsKnown(EventStore store, StreamId stream, StreamBounds bounds) {
        if (bounds.live()) {
            Expect.versions(
                    "stream '" + stream + "'",
                    bounds.first(),
                    bounds.version(),
                    store.readStream(stream, ReadOptions.forwards()).events());
        }
    }

    /** What a store over the same storage answers to every question that changes nothing. */
    public RecordedAnswers answers(EventStore store) {
        RecordedAnswers answers = readAnswers(store);
        new WholeStoreAttempts(this, store, answers).ask();
        return answers;
    }

    /** As {@link #answers}, without those to attempts that are refused. */
    public RecordedAnswers readAnswers(EventStore store) {
        RecordedAnswers answers = new RecordedAnswers();
        WholeStoreReads reads = new WholeStoreReads(this, store, answers);
        reads.ask();
        reads.askOfSubscriptions();
        return answers;
    }

    /** As {@link #answers}, without those about leases, which end with time, and about subscriptions that ran. */
    public RecordedAnswers lastingAnswers(EventStore store) {
        RecordedAnswers answers = new RecordedAnswers();
        new WholeStoreReads(this, store, answers).askOfStorage();
        new WholeStoreAttempts(this, store, answers).askOfStorage();
        return answers;
    }

    /** As {@link #answers}, for a store of another process, which opens no subscriptions. */
    public RecordedAnswers answersThere(EventStore store) {
        RecordedAnswers answers = new RecordedAnswers();
        new WholeStoreReads(this, store, answers).ask();
        new WholeStoreAttempts(this, store, answers).ask();
        return answers;
    }
}
