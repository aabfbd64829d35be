package io.headwater.internal.subscription.lease;

import io.headwater.internal.subscription.log.Selection;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import java.util.List;
import java.util.Optional;

/** The selection with which a durable subscription began. It is stored with the checkpoint. For the dispatcher's task. */
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

    /** Called before a checkpoint is loaded, because a reset may have removed the stored selection. */
    void forget() {
        kept = false;
    }

    /** Refuses a checkpoint that belongs to another selection. Blocks. */
    void check() {
        Optional<Selection> begunWith = Selection.load(checkpoints, name);
        begunWith.ifPresent(selection::checkSame);
        kept = begunWith.isPresent();
    }

    /** Returns the changes to save with the next checkpoint. */
    List<RecordChange> missing() {
        return kept ? List.of() : List.of(selection.toChange());
    }

    /** Called when the checkpoint was saved. */
    void saved() {
        kept = true;
    }
}
