package io.headwater.cli;

import io.headwater.EventStoreConfig;
import io.headwater.tck.fuzz.Fuzz;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares two stores by random scripts. */
@Command(
        name = "compare",
        header = "Run random scripts on two stores, and compare their answers.",
        description = {
            "Opens or creates both stores, and runs the same random scripts on both, within the capabilities of both."
                    + " They may be of different backends; values that a store is free to choose, such as positions,"
                    + " are not compared. Like 'headwater tck fuzz', it should be given stores of its own.",
            "The first script with different answers ends the run. It is reduced as far as possible and printed, with"
                    + " both answers and the seed that repeats it; the exit code is 1."
        },
        footer = {
            "%nExamples:",
            "  headwater tck compare --url memory:one --with sqlite:tck.db",
            "  headwater tck compare --url sqlite:a.db --with sqlite:b.db --scripts 1000 --seed 4711"
        })
final class TckCompareCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--with",
            required = true,
            paramLabel = "URL",
            converter = NotEmpty.class,
            description = "The other store. The environment has no options for it.")
    private @Nullable String other;

    @Mixin
    private final FuzzOptions options = new FuzzOptions();

    TckCompareCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        EventStoreConfig one = options.store();
        EventStoreConfig second = EventStoreConfig.of(Arguments.given(other));
        Fuzz fuzz = Fuzz.between(() -> StoreOptions.openOrCreate(one), () -> StoreOptions.openOrCreate(second));
        return options.run("compare", fuzz, shell).number();
    }
}
