package io.headwater.cli;

import io.headwater.FileBackup;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a backup. The amount to copy is known when the backup begins. */
final class BackupProgress implements FileBackup.Progress, AutoCloseable {
    private static final long MEGABYTE = 1_000_000;

    private final Shell shell;
    private final boolean quiet;
    private @Nullable ProgressDisplay shown;

    BackupProgress(Shell shell, boolean quiet) {
        this.shell = shell;
        this.quiet = quiet;
    }

    @Override
    public void at(long done, long total) {
        if (shown == null) {
            shown = ProgressDisplay.of(shell, quiet, ProgressTask.ofCopy("backup", total));
        }
        shown.at(done, done / MEGABYTE);
        if (done == total && !quiet) {
            close();
            shell.note("backup: the copy is written; checking it");
        }
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }
}
