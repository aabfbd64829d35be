package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.FileBackup;
import io.headwater.FileBackup.Copy;
import io.headwater.OperationInterrupted;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.spi.BackendProvider;
import java.io.File;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a store that is kept in a file. */
@Command(
        name = "backup",
        header = "Copy a store in use to a file, and check the copy.",
        description = {
            "Makes a consistent copy of a store that is kept in a file. Other processes may read and append meanwhile."
                    + " The copy is checked, and is moved to its name when it is on disk: the file is complete, or it"
                    + " does not exist.",
            "The copy is a store: open it, or replace a lost store with it. It has the events, positions, snapshots and"
                    + " checkpoints of the original, and the same id. Back up stores in a database server with the"
                    + " server's own tools."
        },
        footer = {
            "%nExamples:",
            "  headwater backup copy.db",
            "  headwater backup nightly.db --overwrite --quiet --url sqlite:/var/lib/shop/events.db",
            "  headwater info --url sqlite:copy.db"
        })
final class BackupCommand extends StoreCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The file to write.")
    private @Nullable File file;

    @Option(names = "--overwrite", description = "Replace a file that exists.")
    private boolean overwrite;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    BackupCommand(Shell shell) {
        super(shell);
    }

    private File file() {
        return Arguments.given(file);
    }

    @Override
    void check() {
        if (file().exists() && !overwrite) {
            throw new Failure(
                    ExitCode.USAGE, "'" + file() + "' exists: name another file, or replace it with --overwrite");
        }
    }

    /** A store that is opened read-only MAY read its file without locks, and then cannot be copied. */
    @Override
    EventStore open(StoreOptions wanted) {
        wanted.refuseReadOnly(shell());
        return wanted.openExisting(shell());
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        FileBackup backup = store.facet(FileBackup.class)
                .orElseThrow(() -> new Failure(
                        ExitCode.REFUSED,
                        "a store of the backend '%s' cannot be copied as a file: %s"
                                .formatted(store.backend(), advice(store))));
        long start = System.nanoTime();
        Optional<Copy> copy = copy(backup);
        copy.ifPresentOrElse(
                made -> report(out, made, Duration.ofNanos(System.nanoTime() - start)),
                () -> shell().note("ended before the copy was complete; '" + file() + "' was not written"));
        return ExitCode.OK;
    }

    /** Empty if the process is to end: the interrupt ends the copy, and removes what there is of it. */
    private Optional<Copy> copy(FileBackup backup) {
        shell().termination().requested().thenRun(Thread.currentThread()::interrupt);
        try (BackupProgress progress = new BackupProgress(shell(), quiet)) {
            return Optional.of(backup.backup(file().toPath(), overwrite, progress));
        } catch (OperationInterrupted e) {
            return Optional.empty();
        }
    }

    private static String advice(EventStore store) {
        return EventStores.backends().stream()
                .filter(backend -> backend.name().equals(store.backend()))
                .findFirst()
                .map(BackendProvider::backupAdvice)
                .orElse("use the backup of its storage");
    }

    private void report(Output out, Copy copy, Duration time) {
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("file", file().getPath());
                json.writeStringProperty("storeId", copy.storeId());
                json.writeStringProperty("head", copy.head().toString());
                json.writeNumberProperty("events", copy.events());
                json.writeNumberProperty("bytes", copy.bytes());
            });
        } else {
            out.line("copied %s (%s bytes) to %s in %s, and checked the copy; its head is %s"
                    .formatted(
                            Figures.count(copy.events(), "event"),
                            Figures.count(copy.bytes()),
                            Printable.of(file().getPath()),
                            Figures.time(time),
                            copy.head()));
        }
    }
}
