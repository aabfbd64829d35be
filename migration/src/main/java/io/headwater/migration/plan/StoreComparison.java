package io.headwater.migration.plan;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.StreamCatalog;
import io.headwater.migration.store.Replicas;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.spi.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What can be said of a migration without reading events: from the capabilities of both stores.
 *
 * @param source where changes come from
 * @param target where they go
 * @param began the head of the target before anything was copied to it
 */
public record StoreComparison(EventStore source, EventStore target, Position began) {
    private static final int EXAMPLES = 10;

    /** Returns what was found. Blocks; reads and writes no event. */
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        if (source.storeId().equals(target.storeId())) {
            found.add(Finding.general(Block.SAME_STORE));
        }
        addFidelity(found);
        addHidden(found);
        if (source.capabilities().supports(Capability.SNAPSHOTS)) {
            found.add(Finding.general(Loss.SNAPSHOTS));
        }
        addSubscriptions(found);
        if (!began.equals(Position.START)) {
            found.add(Finding.general(Note.TARGET_NOT_EMPTY));
        }
        if (!Replicas.keepPositions(source, target, began)) {
            found.add(Finding.general(Note.POSITIONS));
        }
        return found;
    }

    /**
     * Must be called before anything is copied.
     *
     * @throws MigrationRefused if something stands against the migration, or would be lost that was not accepted
     */
    public void refuseUnlessAccepted(Set<Loss> accepted) {
        List<FindingCode> codes = findings().stream().map(Finding::code).toList();
        codes.stream().filter(Block.class::isInstance).findFirst().ifPresent(block -> {
            throw new MigrationRefused((Block) block, block.meaning());
        });
        String missing = codes.stream()
                .filter(code -> code instanceof Loss loss && !accepted.contains(loss))
                .map(FindingCode::name)
                .collect(Collectors.joining(","));
        if (!missing.isEmpty()) {
            throw new MigrationRefused(Block.NOT_ACCEPTED, missing);
        }
    }

    /** Every source tells the times of its events. */
    private void addFidelity(List<Finding> found) {
        Set<Fidelity> told = Replicas.of(source).fidelity();
        Set<Fidelity> kept = Replicas.of(target).fidelity();
        if (!told.contains(Fidelity.BOUNDARIES) || !kept.contains(Fidelity.BOUNDARIES)) {
            found.add(Finding.general(Loss.BOUNDARIES));
        }
        if (!told.contains(Fidelity.REPEATS) || !kept.contains(Fidelity.REPEATS)) {
            found.add(Finding.general(Loss.REPEATS));
        }
        if (!kept.contains(Fidelity.RECORDED_AT)) {
            found.add(Finding.general(Loss.RECORDED_AT));
        }
    }

    private void addHidden(List<Finding> found) {
        boolean occurs = source.capabilities().supports(Capability.STREAM_ADMIN);
        boolean told =
                Replicas.areNative(source) || source.facet(StreamCatalog.class).isPresent();
        boolean kept = target.capabilities().supports(Capability.STREAM_ADMIN);
        if (occurs && !(told && kept)) {
            found.add(Finding.general(Loss.TRUNCATION));
        }
    }

    private void addSubscriptions(List<Finding> found) {
        List<String> names = source.facet(CheckpointStore.class).orElseThrow().list().stream()
                .map(Checkpoint::subscription)
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            found.add(new Finding(
                    Loss.SUBSCRIPTION,
                    names.size(),
                    names.stream().limit(EXAMPLES).toList()));
        }
    }
}
