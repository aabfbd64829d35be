package io.headwater.tck.catalogue.support;

import static io.headwater.tck.catalogue.support.Records.NOTE;
import static io.headwater.tck.catalogue.support.Records.note;
import static io.headwater.tck.catalogue.support.RuleLeases.LONG;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checkpoints of several partitions, and records, that are changed in every way (K2). */
public final class CheckpointSteps {
    private final RuleContext rule;
    private final String name;
    private final String other;
    private final Deque<Lease> leases = new ArrayDeque<>();
    private final Map<Integer, Position> expected = new TreeMap<>();
    private final Map<String, String> notes = new TreeMap<>();
    private List<Checkpoint> told = List.of();

    public CheckpointSteps(RuleContext rule) {
        this.rule = rule;
        this.name = rule.name();
        this.other = name + "other";
        RuleLeases.at(rule, 1);
    }

    public List<StoreStep> steps() {
        return List.of(
                store -> {
                    leases.add(of(store).acquire(name, "one", LONG).orElseThrow());
                    saves(store, 0, 5, note("a", "1"), note("b", "1"));
                },
                store -> saves(store, 1, 3, note("a", "2")),
                this::goesBackAndForth,
                store -> changes(store, note("c", "3")),
                this::changesAsTools,
                this::savesMany,
                this::changesHands,
                store -> {
                    seen(store);
                    of(store).reset(name, at(2));
                    is(store, Map.of(0, at(2)), Map.of());
                },
                store -> saves(store, 0, 2),
                store -> {
                    seen(store);
                    Expect.equal("forgotten", true, of(store).forget(name));
                    is(store, Map.of(), Map.of());
                },
                store -> {
                    seen(store);
                    Expect.equal("forgotten again", false, of(store).forget(name));
                });
    }

    private CheckpointStore of(EventStore store) {
        return rule.facet(store, CheckpointStore.class);
    }

    private Position at(int number) {
        return RuleLeases.at(rule, number);
    }

    /** What the store before told; then saves, after a reset with a lease that is acquired anew. */
    private void saves(EventStore store, int partition, int position, RecordChange... changes) {
        seen(store);
        if (of(store).holder(name).isEmpty()) {
            leases.add(of(store).acquire(name, "one", LONG).orElseThrow());
        }
        SaveResult result = of(store).save(leases.getLast(), partition, at(position), List.of(changes));
        Expect.equal("save of position number " + position, SaveResult.SAVED, result);
        expected.put(partition, at(position));
        noted(store, changes);
    }

    private void goesBackAndForth(EventStore store) {
        seen(store);
        SaveResult back = of(store).save(leases.getLast(), 0, at(4), List.of(note("a", "behind")));
        Expect.equal("save of an earlier position", SaveResult.BEHIND, back);
        saves(store, 0, 7, RecordChange.remove(NOTE, "b"), note("d", "1"));
    }

    private void changes(EventStore store, RecordChange change) {
        seen(store);
        Expect.equal("changed", true, of(store).change(leases.getLast(), List.of(change)));
        noted(store, change);
    }

    private void changesAsTools(EventStore store) {
        seen(store);
        RecordChange change = note("e", "by a tool");
        of(store).change(name, List.of(change));
        noted(store, change);
    }

    private void savesMany(EventStore store) {
        seen(store);
        Lease second = of(store).acquire(other, "one", LONG).orElseThrow();
        Lease first = leases.getLast();
        RecordChange change = note("a", "many");
        Map<Lease, SaveResult> results = of(store)
                .saveAll(List.of(
                        new Save(first, 0, at(8), List.of(change)), new Save(second, 1, at(6), List.of(change))));
        Expect.equal("results", Map.of(first, SaveResult.SAVED, second, SaveResult.SAVED), results);
        expected.put(0, at(8));
        noted(store, change);
    }

    private void changesHands(EventStore store) {
        seen(store);
        Checkpoint saved = of(store).load(other).get(0);
        Expect.equal("partition", 1, saved.partition());
        Expect.equal("position", at(6), saved.position());
        of(store).release(leases.getLast());
        leases.add(of(store).acquire(name, "two", LONG).orElseThrow());
        SaveResult back = of(store).save(leases.getLast(), 1, at(2));
        Expect.equal("save of an earlier position by the next holder", SaveResult.BEHIND, back);
        saves(store, 1, 4);
    }

    private void noted(EventStore store, RecordChange... changes) {
        for (RecordChange change : changes) {
            change.fields()
                    .ifPresentOrElse(
                            fields -> notes.put(change.key(), fields.get("text").orElse("")),
                            () -> notes.remove(change.key()));
        }
        is(store, Map.copyOf(expected), Map.copyOf(notes));
    }

    /** Fails unless the store tells this now; what it tells is what the next one must tell. */
    private void is(EventStore store, Map<Integer, Position> checkpoints, Map<String, String> records) {
        expected.clear();
        expected.putAll(checkpoints);
        notes.clear();
        notes.putAll(records);
        told = of(store).load(name);
        seen(store);
    }

    private void seen(EventStore store) {
        Expect.equal("checkpoints", told, of(store).load(name));
        Map<Integer, Position> positions = new TreeMap<>();
        told.forEach(checkpoint -> positions.put(checkpoint.partition(), checkpoint.position()));
        Expect.equal("positions of partitions", expected, positions);
        told.forEach(checkpoint -> Expect.equal("store of a checkpoint", store.storeId(), checkpoint.storeId()));
        Expect.equal(
                "checkpoints listed",
                told,
                of(store).list().stream()
                        .filter(checkpoint -> checkpoint.subscription().equals(name))
                        .toList());
        Expect.equal("records", notes, Records.notes(of(store), name));
    }
}
