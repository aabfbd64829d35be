package io.headwater.cli;

import picocli.CommandLine.Option;

/** Options of every subcommand. Picocli itself acts on some of them, so no code here reads those. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {
    /** Listed below the options of the command itself. */
    static final int LAST = 100;

    @Option(names = "--json", order = LAST, description = "Print one JSON object per line, with stable field names.")
    private boolean json;

    @Option(names = "--debug", order = LAST, description = "Show a stack trace after an error.")
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
