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

    /** Returns if the user means it: said so with the option, or types the name. */
    void require(Shell shell, String what, String name) throws IOException {
        if (yes) {
            return;
        }
        if (!shell.terminals().in()) {
            throw new Failure(
                    ExitCode.USAGE, "%s '%s' is not done without confirmation: add --yes".formatted(what, name));
        }
        shell.err().print("%s '%s'? Type its name to confirm: ".formatted(what, Printable.of(name)));
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
