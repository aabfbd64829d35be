package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Scavenger;
import io.headwater.cli.text.Figures;
import picocli.CommandLine.Command;

/** Removes deleted and truncated events from the storage. */
@Command(
        name = "scavenge",
        header = "Remove deleted and truncated events from the storage.",
        description =
                "Permanently removes the events of deleted, tombstoned and truncated streams from the storage and the"
                        + " log. The positions of other events stay. Other processes may read and write meanwhile; an"
                        + " interrupted run can be repeated.",
        footer = {"%nExamples:", "  headwater scavenge", "  headwater scavenge --json"})
final class ScavengeCommand extends StoreCommand {

    ScavengeCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        long removed =
                StoreFacets.of(store, Scavenger.class, Capability.SCAVENGE).scavenge();
        if (out.json()) {
            out.object(json -> json.writeNumberProperty("removed", removed));
        } else {
            out.line(Figures.count(removed, "event") + " removed");
        }
        return ExitCode.OK;
    }
}
