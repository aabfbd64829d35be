package io.headwater.sqlite;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to one file, as the operating system reports them. Its folder is watched only between {@link #begin} and {@link #end},
 * so that a file that is written all the time costs no reports. Used by one thread.
 */
final class WriteReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteReports.class);

    private final WatchService service;
    private final Path file;
    private @Nullable WatchKey key;

    private WriteReports(WatchService service, Path file) {
        this.service = service;
        this.file = file;
    }

    /**
     * Reports of writes to this file, which need not exist. Empty where Java's watch service polls the folder itself, which is
     * slower than a query, and where the system's limit of watches is reached.
     */
    static Optional<WriteReports> of(Path file) {
        if (!isReportedBySystem()) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(file));
        } catch (IOException e) {
            LOG.debug("no watch of '{}'", file, e);
            return Optional.empty();
        }
    }

    /** Reports of writes to this file, by whatever watch service Java has here. */
    static WriteReports open(Path file) throws IOException {
        return new WriteReports(FileSystems.getDefault().newWatchService(), file);
    }

    /** Whether it is known that the system reports each write when it is made: Linux has inotify. */
    private static boolean isReportedBySystem() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    /** Begins to watch. Writes after this call are reported. Returns false if the folder cannot be watched. */
    boolean begin() {
        try {
            key = file.resolveSibling("").register(service, ENTRY_CREATE, ENTRY_MODIFY);
            return true;
        } catch (IOException e) {
            LOG.debug("no watch of '{}'", file, e);
            return false;
        }
    }

    /**
     * Waits until a file of the folder is written, at most for this time. An interrupt ends the wait, and counts as a write: a
     * callback that ran on this thread may have left its interrupt flag set.
     */
    Report await(long nanos) {
        try {
            WatchKey written = service.poll(nanos, TimeUnit.NANOSECONDS);
            return written == null ? Report.NONE : report(written);
        } catch (InterruptedException e) {
            return Report.THIS_FILE;
        }
    }

    private Report report(WatchKey written) {
        boolean mine = written.pollEvents().stream().anyMatch(event -> mayBe(event.context()));
        return mine ? Report.THIS_FILE : Report.OTHER_FILES;
    }

    /** What was written. */
    enum Report {
        NONE,
        THIS_FILE,
        OTHER_FILES
    }

    /** Without a name if there were more writes than the system keeps. */
    private boolean mayBe(@Nullable Object name) {
        return name == null || name.equals(file.getFileName());
    }

    /** Ends the watch, and forgets what was reported. */
    void end() {
        if (key != null) {
            key.cancel();
            key = null;
        }
        while (service.poll() != null) {
            // A report that came too late.
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("the watch of '{}' did not close", file, e);
        }
    }
}
