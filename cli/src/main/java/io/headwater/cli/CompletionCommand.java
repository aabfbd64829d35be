package io.headwater.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
        name = "completion",
        header = "Print a script that completes commands and options in bash and zsh.",
        description = "Source the script; do so in ~/.bashrc or ~/.zshrc to have it in every session.",
        footer = {
            "%nExamples:",
            "  source <(headwater completion)",
            "  headwater completion > ~/.local/share/bash-completion/completions/headwater"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String HEADER = """
            # Completes the headwater command in bash and zsh. To use it: source <(headwater completion)
            # Generated with picocli. Generate it again after an update of headwater.

            """;

    private final Shell shell;

    /** Every command accepts this option, so that it can be part of an alias; this command needs no store. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StoreOptions store = new StoreOptions();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try (Output out = new Output(shell, false)) {
            CommandSpec self = Arguments.given(spec);
            out.line(HEADER + script(AutoComplete.bash("headwater", self.root().commandLine())));
        }
        return ExitCode.OK.number();
    }

    /** Without picocli's own header, which explains another way to install, and without its list of references. */
    private static String script(String generated) {
        int start = Math.max(0, generated.indexOf("if [ -n \"$BASH_VERSION\" ]"));
        return generated.substring(start).replaceAll(" \\(see \\[\\d+]\\)", "");
    }
}
