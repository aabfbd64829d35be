package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static io.headwater.ExpectedVersion.streamExists;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;

import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.Snapshot;
import io.headwater.SnapshotStore;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Holder;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.StreamBounds;
import io.headwater.tck.rule.Repeats;
import io.headwater.tck.rule.RuleContext;
import java.util.List;

/** Tries what changes nothing of a {@link WholeStore}: it was done before, or is refused. */
final class WholeStoreAttempts {
    private final WholeStore whole;
    private final RuleContext rule;
    private final EventStore store;
    private final RecordedAnswers answers;

    WholeStoreAttempts(WholeStore whole, EventStore store, RecordedAnswers answers) {
        this.whole = whole;
        this.rule = whole.rule;
        this.store = store;
        this.answers = answers;
    }

    void ask() {
        askOfStorage();
        leases(rule.facet(store, CheckpointStore.class));
    }

    /** What does not end with time. */
    void askOfStorage() {
        repeats();
        whole.streams.bounds.forEach(this::conflicts);
        if (whole.streams.has(Capability.STREAM_ADMIN)) {
            whole.streams.bounds.forEach(
                    (stream, bounds) -> admin(rule.facet(store, StreamAdmin.class), stream, bounds));
        }
        if (whole.streams.has(Capability.SNAPSHOTS)) {
            snapshots(rule.facet(store, SnapshotStore.class));
        }
    }

    private void repeats() {
        whole.streams.repeats.stream()
                .filter(this::isRecognised)
                .forEach(request ->
                        answers.note("repeat of an append to " + target(request), () -> store.tryAppend(request)));
        whole.streams.repeats.forEach(this::parts);
        if (!whole.streams.imported.isEmpty() && whole.streams.imported.stream().allMatch(this::isRecognised)) {
            BulkImport bulk = rule.facet(store, BulkImport.class);
            answers.note("repeat of an import", () -> bulk.appendAll(whole.streams.imported));
        }
        answers.note(
                "repeat of a command",
                () -> store.handle(whole.streams.command, whole.streams.commanded, history -> List.of(rule.event())));
    }

    /** All but the last event of an append, and all but the first: neither is a repeat, nor are its expectations met. */
    private void parts(AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        int count = write.events().size();
        if (request.isMultiStream() || count < 2 || !AppendDecision.isExact(write.expected())) {
            return;
        }
        long version = write.expected() instanceof ExpectedVersion.Exactly exactly ? exactly.version() : 0;
        AppendRequest begin = AppendRequest.to(
                write.stream(), write.expected(), write.events().subList(0, count - 1));
        AppendRequest end = AppendRequest.to(
                write.stream(), exactly(version + 1), write.events().subList(1, count));
        answers.note("begin of an append to " + target(request), () -> store.tryAppend(begin));
        answers.note("end of an append to " + target(request), () -> store.tryAppend(end));
    }

    private boolean isRecognised(AppendRequest request) {
        return Repeats.areRecognised(store.capabilities().idempotency(), request);
    }

    private static String target(AppendRequest request) {
        return request.writes().stream()
                .map(write -> "'%s' expecting %s, event %s"
                        .formatted(
                                write.stream(),
                                write.expected(),
                                write.events().get(0).id()))
                .toList()
                .toString();
    }

    private void conflicts(StreamId stream, StreamBounds bounds) {
        for (ExpectedVersion expected : notMet(bounds)) {
            answers.note(
                    "append to '%s' expecting %s".formatted(stream, expected),
                    () -> store.tryAppend(AppendRequest.to(stream, expected, rule.event())));
        }
    }

    private static List<ExpectedVersion> notMet(StreamBounds bounds) {
        if (bounds.tombstoned()) {
            return List.of(any(), exactly(bounds.version() + 1));
        }
        ExpectedVersion otherVersion = exactly(bounds.version() > 1 ? bounds.version() - 1 : bounds.version() + 1);
        return List.of(otherVersion, bounds.live() ? noStream() : streamExists());
    }

    private void admin(StreamAdmin admin, StreamId stream, StreamBounds bounds) {
        for (ExpectedVersion expected : notMet(bounds).subList(0, 1)) {
            answers.note("delete of '%s' expecting %s".formatted(stream, expected), () -> {
                admin.delete(stream, expected);
                return "done";
            });
            answers.note("tombstone of '%s' expecting %s".formatted(stream, expected), () -> {
                admin.tombstone(stream, expected);
                return "done";
            });
        }
        answers.note("truncation of '%s' to what it is".formatted(stream), () -> {
            admin.truncateBefore(stream, bounds.first());
            return "done";
        });
    }

    private void snapshots(SnapshotStore snapshots) {
        for (Snapshot snapshot : whole.outdated()) {
            answers.note(
                    "saving version %s of snapshot %s".formatted(snapshot.version(), snapshot.name()),
                    () -> snapshots.save(snapshot));
        }
    }

    private void leases(CheckpointStore checkpoints) {
        whole.subscriptions.former.forEach(lease -> former(checkpoints, lease));
        for (Lease lease : whole.subscriptions.held) {
            String name = lease.subscription();
            answers.note("lease of %s for another".formatted(name), () -> checkpoints.acquire(name, "thief", LONG));
        }
        for (Holder seen : whole.subscriptions.stale) {
            answers.note(
                    "take-over of %s as it was".formatted(seen.lease().subscription()),
                    () -> checkpoints.takeOver(seen, "thief", LONG));
        }
        Lease held = whole.subscriptions.held.get(0);
        answers.note(
                "an earlier checkpoint of " + held.subscription(),
                () -> checkpoints.save(held, 0, at(1), List.of(note("a", "behind"))));
        answers.note("forgetting what never was", () -> checkpoints.forget(whole.name + "never"));
    }

    private Position at(int number) {
        return RuleLeases.at(rule, number);
    }

    private void former(CheckpointStore checkpoints, Lease lease) {
        answers.note("save by " + lease, () -> checkpoints.save(lease, 0, at(10)));
        answers.note(
                "save of many by " + lease,
                () -> checkpoints.saveAll(List.of(new Save(lease, 0, at(10), List.of(note("a", "fenced"))))));
        answers.note("change by " + lease, () -> checkpoints.change(lease, List.of(note("a", "fenced"))));
        answers.note("renewal by " + lease, () -> checkpoints.renew(lease, LONG));
        answers.note("renewal of many by " + lease, () -> checkpoints.renewAll(List.of(lease), LONG));
        answers.note("release by " + lease, () -> {
            checkpoints.release(lease);
            return "done";
        });
    }
}
