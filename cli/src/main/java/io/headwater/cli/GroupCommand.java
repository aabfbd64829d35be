package io.headwater.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that consists of subcommands: without one, it lists them. */
abstract class GroupCommand implements Callable<Integer> {
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

    @Override
    public final Integer call() {
        CommandLine self = Arguments.given(spec).commandLine();
        self.usage(self.getErr());
        return ExitCode.USAGE.number();
    }
}
