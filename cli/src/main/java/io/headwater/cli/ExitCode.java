package io.headwater.cli;

/** How the command ends. The numbers are a promise to scripts. */
enum ExitCode {
    OK(0, "done"),
    REFUSED(1, "refused: a conflict, a deleted stream, a limit; a broken rule, missing tables"),
    USAGE(2, "wrong usage or configuration: an unknown option, a bad URL, a missing file"),
    UNAVAILABLE(3, "the store or a file cannot be used now; the same command may succeed later"),
    BAD_DATA(4, "bad input data: a line or a value that is no event, a file that is no report"),
    INTERNAL(5, "an error inside headwater or a backend; --debug shows where"),
    FINDINGS(6, "audit found events that were missed, repeated or not checked"),
    /** From here on what a shell reports for a program that a signal ended, 128 and its number: here Java ends it so. */
    INTERRUPTED(130, "stopped by Ctrl-C; tail has saved its checkpoint, import has said how far it came"),
    /** Said for SIGPIPE, which Java ignores. */
    OUTPUT_CLOSED(141, "the reader of the output went away, as in headwater log | head"),
    /** Java ends the process so. */
    TERMINATED(143, "stopped by SIGTERM; tail and import as after Ctrl-C");

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
