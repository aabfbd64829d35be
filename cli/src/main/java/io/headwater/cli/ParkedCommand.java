package io.headwater.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is done with parked events. */
@Command(
        name = "parked",
        header = "List, replay or drop the events that a subscription parked.",
        description =
                "An event whose handler failed is parked if the subscription says so, and with it all later events of"
                        + " its stream, so that their order is kept. Other streams go on.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater subscriptions parked list billing",
            "  headwater subscriptions parked replay billing --stream order-1001",
            "  headwater subscriptions parked drop billing --yes"
        })
final class ParkedCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable")
    private boolean version;

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
