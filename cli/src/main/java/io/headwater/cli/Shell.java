package io.headwater.cli;

import io.headwater.cli.text.Printable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The environment of the command.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the environment variables
 * @param terminals which of the three streams are terminals
 * @param termination whether the command was told to end
 */
record Shell(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> environment,
        Terminals terminals,
        Termination termination) {

    /**
     * The environment of this process. Text is UTF-8 whatever the locale is, so that the same command writes the same
     * bytes.
     */
    static Shell ofProcess() {
        return new Shell(
                new PipeInput(new FileInputStream(FileDescriptor.in)),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Terminals.ofProcess(),
                new Termination(Runtime.getRuntime()::addShutdownHook));
    }

    /** Whether colours are wanted (no-color.org). */
    boolean coloured() {
        return terminals.out()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Prints a line for the user, beside the output. It may contain text from a store, which a terminal must not
     * interpret.
     */
    void note(String text) {
        err.println("headwater: " + Printable.of(text));
    }
}
