package io.headwater.cli;

import picocli.CommandLine.Option;

/** What every subcommand understands. Picocli itself acts on some of these, so nothing here reads them. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {
    /** Below the options of the command itself. */
    static final int LAST = 100;

    @Option(
            names = "--json",
            order = LAST,
            description = "Print for machines: one JSON object a line, with stable field names.")
    private boolean json;

    @Option(names = "--debug", order = LAST, description = "After an error, show where in the program it happened.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            order = LAST,
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            order = LAST,
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    boolean json() {
        return json;
    }

    boolean debug() {
        return debug;
    }
}
