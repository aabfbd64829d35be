package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.CommandId;
import io.headwater.EventStore;
import io.headwater.Payload;
import io.headwater.ReadOptions;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Batch;
import io.headwater.spi.Change;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.Replication;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every call that takes the id of a stream, as far as the store has it: what fails for one id alone is the id's fault. */
public final class StreamCalls {
    private StreamCalls() {}

    /** The calls by name, in an order in which all succeed on a stream that was never written. The last ends the stream. */
    public static Map<String, Expect.Call> with(StreamId stream, RuleContext rule) {
        Map<String, Expect.Call> calls = new LinkedHashMap<>();
        ofStore(stream, rule, calls);
        ofSeveralStreams(stream, rule, calls);
        ofSubscriptions(stream, rule, calls);
        ofFacets(stream, rule, calls);
        return calls;
    }

    private static void ofStore(StreamId stream, RuleContext rule, Map<String, Expect.Call> calls) {
        EventStore store = rule.store();
        calls.put("append", () -> store.append(stream, any(), rule.event()));
        calls.put("tryAppend", () -> store.tryAppend(AppendRequest.to(stream, any(), rule.event())));
        calls.put("handle", () -> store.handle(CommandId.of(rule.id()), stream, history -> List.of(rule.event())));
        calls.put("readStream", () -> store.readStream(stream));
        calls.put(
                "readStream, backwards",
                () -> store.readStream(stream, ReadOptions.backwards().limit(1)));
        calls.put("stream", () -> store.stream(stream).forEach(event -> {}));
        calls.put("version", () -> store.version(stream));
    }

    private static void ofSeveralStreams(StreamId stream, RuleContext rule, Map<String, Expect.Call> calls) {
        if (rule.store().capabilities().supports(Capability.MULTI_STREAM_APPEND)) {
            AppendRequest other = AppendRequest.to(rule.stream(), any(), rule.event());
            calls.put("append with a check", () -> rule.store().append(other.check(stream, any())));
            calls.put(
                    "append to two streams",
                    () -> rule.store()
                            .append(AppendRequest.to(rule.stream(), any(), rule.event())
                                    .and(stream, any(), rule.event())));
        }
    }

    private static void ofSubscriptions(StreamId stream, RuleContext rule, Map<String, Expect.Call> calls) {
        EventStore store = rule.store();
        SubscriptionOptions options = SubscriptionOptions.ephemeral().stream(stream);
        String name = rule.name();
        calls.put("subscribe", () -> store.subscribe(options, event -> {}).close());
        calls.put("pull", () -> store.pull(options).close());
        calls.put("replay", () -> store.subscriptions().replay(name, stream));
        calls.put("drop", () -> store.subscriptions().drop(name, stream));
    }

    private static void ofFacets(StreamId stream, RuleContext rule, Map<String, Expect.Call> calls) {
        EventStore store = rule.store();
        AppendRequest request = AppendRequest.to(stream, any(), rule.event());
        store.facet(HeldAppends.class)
                .ifPresent(held -> calls.put("hold", () -> held.hold(request).close()));
        store.facet(BulkImport.class).ifPresent(bulk -> calls.put("import", () -> bulk.appendAll(List.of(request))));
        store.facet(StreamCatalog.class)
                .ifPresent(catalog -> calls.put("list after", () -> catalog.streams("", Optional.of(stream), 1)));
        store.facet(Replication.class)
                .ifPresent(replication -> calls.put("apply", () -> replication.apply(lost(rule), batch(stream, rule))));
        store.facet(SnapshotStore.class).ifPresent(snapshots -> ofSnapshots(stream, snapshots, calls));
        store.facet(StreamAdmin.class).ifPresent(admin -> ofAdmin(stream, admin, calls));
    }

    /** A lease that nothing is applied under. */
    private static Lease lost(RuleContext rule) {
        return new Lease(rule.name(), "holder", 1);
    }

    private static Batch batch(StreamId stream, RuleContext rule) {
        Change change = new Change.Advanced(stream, 1);
        return new Batch(0, rule.name(), false, List.of(change), rule.start());
    }

    private static void ofSnapshots(StreamId stream, SnapshotStore snapshots, Map<String, Expect.Call> calls) {
        calls.put("save", () -> snapshots.save(new Snapshot(stream, "state", 1, Payload.json("{}"))));
        calls.put("load", () -> snapshots.load(stream, "state"));
        calls.put("delete a snapshot", () -> snapshots.delete(stream, "state"));
    }

    private static void ofAdmin(StreamId stream, StreamAdmin admin, Map<String, Expect.Call> calls) {
        calls.put("truncateBefore", () -> admin.truncateBefore(stream, 1));
        calls.put("delete", () -> admin.delete(stream, any()));
        calls.put("tombstone", () -> admin.tombstone(stream, any()));
    }
}
