package io.headwater.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows the help of a command. */
@Command(
        name = "help",
        header = "Show the help of a command.",
        description = "Shows the same as 'headwater COMMAND --help'; without a command, lists the commands.",
        footer = {"%nExamples:", "  headwater help", "  headwater help import", "  headwater help subscriptions reset"})
final class HelpCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, and its subcommand.")
    private List<String> commands = List.of();

    /** Every command accepts this option, so that it can be part of an alias; this command needs no store. */
    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final StoreOptions store = new StoreOptions();

    @Mixin
    @SuppressWarnings("UnusedVariable")
    private final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = Arguments.given(spec).root().commandLine();
        CommandLine wanted = root;
        for (String command : commands) {
            CommandLine above = wanted;
            wanted = above.getSubcommands().get(command);
            if (wanted == null) {
                throw new UnmatchedArgumentException(above, List.of(command));
            }
        }
        wanted.usage(root.getOut());
        return ExitCode.OK.number();
    }
}
