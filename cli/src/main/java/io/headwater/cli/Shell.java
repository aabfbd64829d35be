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
 * The world around the command.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment its variables
 * @param terminals which of the three are terminals
 * @param termination whether the command is to end
 */
record Shell(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Map<String, String> environment,
        Terminals terminals,
        Termination termination) {

    /** That of this process. Text is UTF-8 whatever the locale says, so that the same command gives the same bytes. */
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

    /** A line for the user, beside the output. What is in it may come from a store, and a terminal must not act on it. */
    void note(String text) {
        err.println("headwater: " + Printable.of(text));
    }
}
