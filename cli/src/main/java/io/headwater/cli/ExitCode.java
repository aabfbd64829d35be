package io.headwater.cli;

/** The exit codes. Their numbers are a promise to scripts. */
enum ExitCode {
    OK(0, "done"),
    REFUSED(1, "refused: a conflict, a deleted stream, a limit; a broken rule, missing tables"),
    USAGE(2, "wrong usage or configuration: an unknown option, a bad URL, a missing file"),
    UNAVAILABLE(3, "the store or a file cannot be used now; the same command may succeed later"),
    BAD_DATA(4, "bad input data: a line, a value or a file that is not an event, a report or a plan"),
    INTERNAL(5, "an error inside headwater or a backend; --debug shows a stack trace"),
    FINDINGS(6, "audit, doctor or migrate verify found something: what they list"),
    ANOTHER_MIGRATOR(7, "another process works on the same migration"),
    /** The following are 128 plus the number of a signal, as a shell reports for a process that a signal ended. */
    INTERRUPTED(130, "stopped by Ctrl-C; tail and migrate copy have saved their progress, import has printed it"),
    /** For SIGPIPE, which Java ignores. */
    OUTPUT_CLOSED(141, "the output was closed by its reader, as in headwater log | head"),
    /** The code with which Java ends the process. */
    TERMINATED(143, "stopped by SIGTERM; tail, import and migrate copy as after Ctrl-C");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
