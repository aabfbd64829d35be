package io.headwater.migration.plan;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.RecordedEvent;
import io.headwater.migration.store.AppendLimits;
import io.headwater.migration.store.Replicas;
import io.headwater.spi.Change.Appended;
import io.headwater.spi.Fidelity;

/** Looks at appends, one by one. */
final class AppendScan {
    private final Capabilities target;
    private final AppendLimits limits;
    private final boolean boundariesLost;
    private final boolean timesLost;
    private final Findings findings;

    AppendScan(EventStore source, EventStore target, Findings findings) {
        this.target = target.capabilities();
        this.limits = AppendLimits.of(target);
        this.boundariesLost = !Replicas.of(source).fidelity().contains(Fidelity.BOUNDARIES)
                || !Replicas.of(target).fidelity().contains(Fidelity.BOUNDARIES);
        this.timesLost = !Replicas.of(target).fidelity().contains(Fidelity.RECORDED_AT);
        this.findings = findings;
    }

    void take(Appended append) {
        append.events().forEach(this::take);
        String place = place(append.events().get(0));
        if (!limits.fit(append)) {
            findings.add(Loss.APPEND_SPLIT, place);
        }
        if (boundariesLost && append.events().size() > 1) {
            findings.add(Loss.BOUNDARIES, place);
        }
    }

    private void take(RecordedEvent event) {
        if (limits.isTooLarge(event)) {
            findings.add(
                    Block.EVENT_TOO_LARGE,
                    place(event) + ": " + event.toEventData().size() + " bytes");
        }
        if (AppendLimits.hasNoId(event)) {
            findings.add(Block.EVENT_ID, place(event));
        }
        if (target.reserves(event.stream())) {
            findings.add(Block.NAME, place(event));
        }
        if (timesLost) {
            findings.add(Loss.RECORDED_AT, 1);
        }
    }

    private static String place(RecordedEvent event) {
        return "version %s of stream '%s'".formatted(event.version(), event.stream());
    }
}
