package io.headwater.cli;

import picocli.CommandLine.Option;

/** What every subcommand understands. Picocli itself acts on some of these, so nothing here reads them. */
@SuppressWarnings("UnusedVariable")
final class CommonOptions {
    @Option(names = "--json", description = "Print for machines: one JSON object a line, with stable field names.")
    private boolean json;

    @Option(names = "--debug", description = "After an error, show where in the program it happened.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    boolean json() {
        return json;
    }
}
