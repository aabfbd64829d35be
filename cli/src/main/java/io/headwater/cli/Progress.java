package io.headwater.cli;

/** Shows on standard error how far a long command is. */
interface Progress extends AutoCloseable {

    /**
     * Called for every event, or whatever is counted.
     *
     * @param done how much of the total
     * @param count how many so far
     */
    void at(long done, long count);

    @Override
    void close();

    /** A bar on a terminal, a line now and then elsewhere, nothing if quiet. */
    static Progress of(Shell shell, boolean quiet, ProgressTask task) {
        if (quiet) {
            return new ProgressNone();
        }
        return shell.terminals().err() ? new ProgressBarLine(shell, task) : new ProgressLines(shell, task);
    }
}
