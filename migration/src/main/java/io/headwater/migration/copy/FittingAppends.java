package io.headwater.migration.copy;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.migration.plan.Block;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.plan.MigrationRefused;
import io.headwater.migration.store.AppendLimits;
import io.headwater.spi.Change;
import io.headwater.spi.Change.Appended;
import java.util.ArrayList;
import java.util.List;

/** Cuts appends that are over the limits of the target into several, and refuses events that it does not take. */
final class FittingAppends {
    private final Capabilities target;
    private final AppendLimits limits;
    private final Accepted accepted;

    FittingAppends(EventStore target, Accepted accepted) {
        this.target = target.capabilities();
        this.limits = AppendLimits.of(target);
        this.accepted = accepted;
    }

    List<Change> of(List<Change> changes) {
        List<Change> fitting = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (change instanceof Appended append) {
                add(append, fitting);
            } else {
                fitting.add(change);
            }
        }
        return fitting;
    }

    private void add(Appended append, List<Change> fitting) {
        append.events().forEach(this::refuse);
        if (limits.fit(append)) {
            fitting.add(append);
        } else {
            accepted.require(Loss.APPEND_SPLIT, place(append.events().get(0)));
            fitting.addAll(limits.split(append));
        }
    }

    private void refuse(RecordedEvent event) {
        if (AppendLimits.hasNoId(event)) {
            throw new MigrationRefused(Block.EVENT_ID, place(event) + " has the id " + event.id());
        }
        if (target.reserves(event.stream())) {
            throw new MigrationRefused(Block.NAME, "the target reserves the name of stream '" + event.stream() + "'");
        }
        if (limits.isTooLarge(event)) {
            throw new MigrationRefused(
                    Block.EVENT_TOO_LARGE,
                    "%s has %s bytes, and the target takes %s"
                            .formatted(place(event), event.toEventData().size(), limits.maxEventBytes()));
        }
    }

    private static String place(RecordedEvent event) {
        return "version %s of stream '%s'".formatted(event.version(), event.stream());
    }
}
