package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.spi.HeldAppend;

/** A held append that writes its end into the history. */
final class RecordedHeldAppend implements HeldAppend {
    private static final String NAME = "held append";

    private final HeldAppend held;
    private final AppendRequest request;
    private final History history;
    private boolean ended;

    RecordedHeldAppend(HeldAppend held, AppendRequest request, History history) {
        this.held = held;
        this.request = request;
        this.history = history;
    }

    @Override
    public AppendOutcome commit() {
        ended = true;
        return history.record(NAME, "commit", held::commit, request);
    }

    @Override
    public void rollback() {
        if (!ended) {
            ended = true;
            history.record(
                    NAME,
                    "rollback",
                    () -> {
                        held.rollback();
                        return "undone";
                    },
                    request);
        }
    }
}
