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
            "Opens or creates both stores, and runs the same random scripts on both, within what both offer. They may be of"
                    + " different backends; what a store is free to choose, such as positions, is not compared. Like 'headwater"
                    + " tck fuzz' it wants stores of its own.",
            "The first script that is answered differently ends the run. It is printed as small as it can be made, with both"
                    + " answers and the seed that repeats it; the exit code is 1."
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
            description = "The other store. It gets no options from the environment.")
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
