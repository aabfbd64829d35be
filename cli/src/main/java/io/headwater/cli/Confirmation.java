package io.headwater.cli;

import io.headwater.cli.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Asks for confirmation of a command that cannot be undone. */
final class Confirmation {
    private static final int LONGEST_ANSWER = 2000;

    @Option(names = "--yes", description = "Do not ask for confirmation.")
    private boolean yes;

    /**
     * Returns if the user confirms, with the option or by typing the name.
     *
     * @param action the name of the command's action
     * @param name what the action applies to
     * @param effect the effect, for the question
     */
    void require(Shell shell, String action, String name, String effect) throws IOException {
        if (yes) {
            return;
        }
        String target = Printable.of(name);
        if (!shell.terminals().in()) {
            throw new Failure(
                    ExitCode.USAGE, "%s of '%s' was not done: add --yes to confirm".formatted(action, target));
        }
        shell.err().print("%s '%s' (%s)? Type its name to confirm: ".formatted(action, target, effect));
        shell.err().flush();
        if (!answer(shell).equals(name)) {
            throw new Failure(ExitCode.USAGE, "not confirmed: nothing was changed");
        }
    }

    private static String answer(Shell shell) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = shell.in().read();
                b >= 0 && b != '\n' && line.size() < LONGEST_ANSWER;
                b = shell.in().read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
