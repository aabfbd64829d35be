package io.headwater.cli;

import io.headwater.EventStoreConfig;
import io.headwater.tck.fuzz.Fuzz;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares a store with the contract by random scripts. */
@Command(
        name = "fuzz",
        header = "Run random scripts, and compare every answer with the contract's.",
        description = {
            "Opens the store of --url, or creates it, and runs random scripts: appends, repeats, reads, deletes,"
                    + " truncations, snapshots, checkpoints, as far as the store has these. A model of the contract"
                    + " computes what each call must answer. The store may hold other data; the scripts use names of"
                    + " their own, leave behind what they wrote, and remove deleted and truncated events from the"
                    + " storage. So give them a store of their own.",
            "The first script with a wrong answer ends the run. It is reduced as far as possible and printed, with both"
                    + " answers and the seed that repeats it; the exit code is 1."
        },
        footer = {
            "%nExamples:",
            "  headwater tck fuzz --url sqlite:tck.db",
            "  headwater tck fuzz --url sqlite:tck.db --scripts 1000 --length 60",
            "  headwater tck fuzz --url sqlite:tck.db --scripts 1 --seed 4711"
        })
final class TckFuzzCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final FuzzOptions options = new FuzzOptions();

    TckFuzzCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        EventStoreConfig config = options.store();
        return options.run("fuzz", Fuzz.of(() -> StoreOptions.openOrCreate(config)), shell)
                .number();
    }
}
