package io.headwater.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The conformance kit. */
@Command(
        name = "tck",
        header = "Check that a store keeps the contract, and compare reports of that.",
        description = "The conformance kit (TCK) runs the rules of the contract against a store of any backend.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater tck run --url sqlite:tck.db --report-dir report",
            "  headwater tck rules --group append",
            "  headwater tck diff before.json after.json",
            "  headwater tck fuzz --url sqlite:tck.db",
            "  headwater tck compare --url memory:one --with sqlite:tck.db"
        })
final class TckCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    /** Without a subcommand there is nothing to do but to tell what there is. */
    @Override
    public Integer call() {
        CommandLine self = Arguments.given(spec).commandLine();
        self.usage(self.getErr());
        return ExitCode.USAGE.number();
    }
}
