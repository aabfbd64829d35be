package io.headwater.cli;

import io.headwater.cli.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Asks before something that cannot be undone. */
final class Confirmation {
    private static final int LONGEST_ANSWER = 2000;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    /**
     * Returns if the user means it: said so with the option, or types the name.
     *
     * @param action what is to be done, as the command calls it
     * @param name what it is done to
     * @param effect what that does, for the question
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
