package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.log.Selection;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** The selection that a durable subscription began with, which is kept beside its checkpoint. For the dispatcher's task. */
final class KeptSelection {
    private final CheckpointStore checkpoints;
    private final String name;
    private final Selection selection;
    private boolean kept;

    KeptSelection(CheckpointStore checkpoints, String name, Selection selection) {
        this.checkpoints = checkpoints;
        this.name = name;
        this.selection = selection;
    }

    /** Before a checkpoint is loaded: a reset may have removed what was kept. */
    void forget() {
        kept = false;
    }

    /** Refuses a checkpoint of another selection. Blocks. */
    void check() {
        Optional<Selection> begunWith = Selection.load(checkpoints, name);
        begunWith.ifPresent(selection::checkSame);
        kept = begunWith.isPresent();
    }

    /** What to save with the next checkpoint. */
    List<RecordChange> missing() {
        return kept ? List.of() : List.of(selection.toChange());
    }

    /** The checkpoint is saved. */
    void saved() {
        kept = true;
    }
}
