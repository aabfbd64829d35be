package io.headwater.cli;

import io.headwater.cli.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes in one line what is wrong with the arguments, with a suggestion. */
final class UsageProblem {
    private UsageProblem() {}

    /** The first argument without a dash is the command: the options that may precede it take no values. */
    static Optional<ParameterException> unknownCommand(CommandLine root, String... args) {
        boolean known = args.length == 0
                || args[0].startsWith("-")
                || root.getSubcommands().containsKey(args[0]);
        return known ? Optional.empty() : Optional.of(new UnmatchedArgumentException(root, List.of(args[0])));
    }

    /** Options of a command that precede its subcommand would have no effect, such as the choice of a store. */
    static void refuseOptionsBefore(CommandSpec command) {
        for (CommandSpec above = command.parent(); above != null; above = above.parent()) {
            above.commandLine().getParseResult().matchedOptions().stream()
                    .findFirst()
                    .ifPresent(option -> {
                        throw new Failure(
                                ExitCode.USAGE,
                                "%s precedes '%s': put it after".formatted(option.longestName(), command.name()));
                    });
        }
    }

    static String describe(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched);
        }
        String message = plain(String.valueOf(wrong.getMessage()));
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    /** Without the parts of picocli's messages that are meant for programmers. */
    private static String plain(String message) {
        return message.replace("option option", "option")
                .replaceFirst("(for option '[^']+') \\([^)]*\\):", "$1:")
                .replaceFirst("is not an? (int|long)$", "is not a whole number");
    }

    private static String unknown(UnmatchedArgumentException unmatched) {
        String word = unmatched.getUnmatched().get(0);
        CommandLine command = unmatched.getCommandLine();
        boolean option = unmatched.isUnknownOption();
        String what = option ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command";
        List<String> known = new ArrayList<>(
                option
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
        Optional<String> meant = Suggestion.forWord(word.split("=", 2)[0], known);
        return "unknown %s '%s'%s"
                .formatted(
                        what,
                        word,
                        meant.map(name -> ", did you mean " + name + "?").orElse(""));
    }
}
