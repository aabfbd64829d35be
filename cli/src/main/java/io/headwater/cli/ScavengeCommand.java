package io.headwater.cli;

import io.headwater.Capability;
import io.headwater.EventStore;
import io.headwater.Scavenger;
import io.headwater.cli.text.Figures;
import picocli.CommandLine.Command;

/** Removes what was deleted from the storage. */
@Command(
        name = "scavenge",
        header = "Remove deleted and truncated events from the storage.",
        description =
                "Removes the events of deleted, tombstoned and truncated streams from the storage and the log, for"
                        + " good. Positions of the others stay. Others may read and write meanwhile; a run that is cut off can be"
                        + " repeated.",
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
        long removed = Facets.of(store, Scavenger.class, Capability.SCAVENGE).scavenge();
        if (out.json()) {
            out.object(json -> json.writeNumberProperty("removed", removed));
        } else {
            out.line(Figures.count(removed, "event") + " removed");
        }
        return ExitCode.OK;
    }
}
