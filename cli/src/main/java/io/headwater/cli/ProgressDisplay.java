package io.headwater.cli;

/** Shows the progress of a long command on standard error. */
interface ProgressDisplay extends AutoCloseable {

    /**
     * Called after each event, or other unit of work.
     *
     * @param done how much of the total is done
     * @param count how many units are done
     */
    void at(long done, long count);

    @Override
    void close();

    /** A bar on a terminal, a line every few seconds elsewhere, nothing if quiet. */
    static ProgressDisplay of(Shell shell, boolean quiet, ProgressTask task) {
        if (quiet) {
            return new ProgressNone();
        }
        return shell.terminals().err() ? new ProgressBarLine(shell, task) : new ProgressLines(shell, task);
    }
}
