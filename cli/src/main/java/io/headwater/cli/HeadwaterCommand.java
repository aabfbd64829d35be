package io.headwater.cli;

import io.headwater.ExpectedVersion;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.migration.plan.Loss;
import io.headwater.migration.verify.Depth;
import io.headwater.tck.Profile;
import io.headwater.tck.rule.Need;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command {@code headwater}. */
@Command(
        name = "headwater",
        header = "Headwater: one API for event stores, any backend behind it.",
        description = "%nReads and writes event stores, and imports and exports their events.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater demo                                  # a demonstration, in a temporary folder",
            "  headwater import events.ndjson.gz               # into headwater.db, in this folder",
            "  headwater log --category order --limit 10",
            "  headwater info --url sqlite:events.db",
            "%nThe store is --url, else the variable HEADWATER_URL, else " + StoreOptions.DEFAULT_URL + ".",
            "Third-party backends are found in the jars that the variable " + BackendClassPath.VARIABLE + " names."
        })
public final class HeadwaterCommand extends GroupCommand {
    private static final char UNDECODABLE = '\uFFFD';

    HeadwaterCommand() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        Shell shell = Shell.ofProcess();
        int code = execute(shell, args);
        shell.err().flush();
        shell.termination().over(code);
        System.exit(code);
    }

    /** Runs the command with these streams and variables. */
    static int execute(Shell shell, String... args) {
        ErrorReport errors = new ErrorReport(shell);
        if (Arrays.stream(args).anyMatch(arg -> arg.indexOf(UNDECODABLE) >= 0)) {
            errors.say("an argument has characters that Java cannot read in this locale: set LC_ALL=C.UTF-8");
            return ExitCode.USAGE.number();
        }
        try {
            BackendClassPath.check(shell.environment());
            PipeOutput help = PipeOutput.standard(shell.out());
            CommandLine root = commandLine(shell, errors, help, args);
            // Picocli would otherwise answer --help after a command that does not exist with the help of all commands.
            int code = UsageProblem.unknownCommand(root, args)
                    .map(unknown -> errors.handleParseException(unknown, args))
                    .orElseGet(() -> root.execute(args));
            help.rethrow();
            return code;
        } catch (IOException unwritten) {
            return errors.report(unwritten, false).number();
        } catch (Failure wrong) {
            errors.say(String.valueOf(wrong.getMessage()));
            return wrong.exitCode().number();
        } catch (OutOfMemoryError e) {
            errors.say("out of memory: allow more with JAVA_OPTS=-Xmx1g");
            return ExitCode.INTERNAL.number();
        }
    }

    /** The command with the subcommands that these arguments need; without arguments, with all of them. */
    static CommandLine commandLine(Shell shell, ErrorReport errors, PipeOutput help, String... args) {
        CommandLine root = new CommandLine(new HeadwaterCommand());
        new Commands(shell).needed(args).forEach(command -> root.addSubcommand(command.get()));
        HelpText.complete(root);
        HelpText.hide(root, "backends", "--url");
        HelpText.hide(root, "cost", "--url");
        HelpText.hide(root, "completion", "--url", "--json");
        HelpText.hide(root, "help", "--url", "--json");
        HelpText.hide(root, "demo", "--json");
        HelpText.hide(root.getSubcommands().get("schema"), "print", "--json");
        registerConverters(root);
        return root.setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(shell.coloured() ? Ansi.ON : Ansi.OFF))
                .setOut(new PrintWriter(help, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static void registerConverters(CommandLine root) {
        root.registerConverter(StreamId.class, new StreamConverter())
                .registerConverter(Position.class, new PositionConverter())
                .registerConverter(ExpectedVersion.class, new ExpectConverter())
                .registerConverter(UUID.class, new EventIdConverter())
                .registerConverter(Instant.class, new TimeConverter())
                .registerConverter(Profile.class, new WordConverter<>(Profile.class))
                .registerConverter(Depth.class, new WordConverter<>(Depth.class))
                .registerConverter(
                        MigratePlanCommand.Extent.class, new WordConverter<>(MigratePlanCommand.Extent.class))
                .registerConverter(Loss.class, new LossConverter())
                .registerConverter(Need.class, new WordConverter<>(Need.class));
    }
}
