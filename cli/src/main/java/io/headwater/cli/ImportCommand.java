package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.cli.text.Figures;
import io.headwater.migration.ImportCounts;
import io.headwater.migration.Rejects;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports events from lines of JSON. */
@Command(
        name = "import",
        header = "Import events from a file of JSON lines.",
        description = {
            "Reads one event per line, plain or compressed with gzip, and appends them in order. A line is an object"
                    + " with the fields stream, type and data, and optionally id (a UUID), time (ISO-8601 with offset,"
                    + " kept as metadata occurredAt) and metadata (an object of texts).",
            "",
            "Safe to repeat: an event whose id is in its stream already is compared and not appended again. After"
                    + " any interruption, run the same command again.",
            "",
            "A line without an id gets one that is derived from it and from all such lines before it. So the same input"
                    + " is recognised again, also under another name, through a pipe, or with further lines at its end."
                    + " Two inputs that begin with the same lines look like one: if the second one continues"
                    + " differently, it is refused; --source declares it another input. Do not change, insert or remove"
                    + " lines between two runs, except in and after the line at which the import stopped."
        },
        footer = {
            "%nExamples:",
            "  headwater import events.ndjson.gz",
            "  headwater import events.ndjson --on-error skip --rejects bad.ndjson",
            "  headwater import monday.ndjson --source monday",
            "  headwater export - --url sqlite:old.db | headwater import - --url sqlite:new.db"
        })
final class ImportCommand extends StoreCommand {
    enum OnError {
        stop,
        skip
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to read, or - for standard input. Default: -.")
    private File named = new File(StandardStreams.DASH);

    @Option(
            names = "--on-error",
            paramLabel = "stop|skip",
            description =
                    "What to do at a bad line. stop: end, with all lines before it imported. skip: write the line to"
                            + " the rejects file and continue. Default: ${DEFAULT-VALUE}.")
    private OnError onError = OnError.stop;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "The file to which --on-error skip writes bad lines, with number and reason. Default: <input"
                    + " file>.rejects.ndjson.")
    private @Nullable Path rejectsFile;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description =
                    "The name of the input. The ids of lines without one then differ from those of other inputs, even"
                            + " if the lines are the same. Use the same name in every run.")
    private String source = "";

    @Option(names = "--dry-run", description = "Check everything, write nothing.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    private boolean storeMissing;
    private boolean rejectsWereThere;

    ImportCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return !dryRun;
    }

    @Override
    EventStore open(StoreOptions wanted) {
        if (!dryRun) {
            return wanted.openOrCreate(shell());
        }
        Optional<EventStore> there = wanted.openIfThere(shell());
        storeMissing = there.isEmpty();
        return there.orElseGet(() -> EventStores.open("memory:"));
    }

    @Override
    void check() throws IOException {
        if (rejectsFile != null && onError == OnError.stop) {
            throw new Failure(
                    ExitCode.USAGE, "--rejects has no effect without --on-error skip: add it, or leave --rejects out");
        }
        if (!StandardStreams.isInput(named.getPath())) {
            checkInput(named.getPath(), named.toPath());
        }
        if (onError == OnError.skip) {
            checkRejects(rejects());
        }
    }

    private static void checkInput(String file, Path input) throws IOException {
        if (!Files.isReadable(input)) {
            String problem = Files.exists(input) ? "cannot be read: check its permissions" : "does not exist";
            throw new Failure(ExitCode.USAGE, "file '" + file + "' " + problem);
        }
        if (Files.isDirectory(input)) {
            throw new Failure(ExitCode.USAGE, "'" + file + "' is a folder: name a file in it");
        }
        if (DatabaseFiles.isDatabase(input)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'%s' is a database, not a file of lines: 'headwater export --url sqlite:%s' makes one of it"
                            .formatted(file, file));
        }
    }

    /** Checked before a store is open, see {@link Overwriting}. */
    private void checkRejects(Path file) throws IOException {
        rejectsWereThere = Files.exists(file);
        if (rejectsWereThere && !StandardStreams.isInput(named.getPath()) && Files.isSameFile(named.toPath(), file)) {
            throw new Failure(ExitCode.USAGE, "the rejects file is the input itself: name another with --rejects");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new Failure(ExitCode.USAGE, "folder '" + folder + "' for --rejects does not exist: create it first");
        }
        Overwriting.refuse(file);
    }

    private Path rejects() {
        if (rejectsFile != null) {
            return rejectsFile;
        }
        return Path.of((Files.isRegularFile(named.toPath()) ? named.getPath() : "headwater") + ".rejects.ndjson");
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        if (onError == OnError.stop) {
            return run(store, out, Rejects.stop());
        }
        if (!rejectsWereThere && Files.isRegularFile(rejects())) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'" + rejects()
                            + "' is the database that was just created, which would be lost: name another file with"
                            + " --rejects");
        }
        try (RejectsFile rejects = new RejectsFile(rejects())) {
            return run(store, out, rejects);
        }
    }

    private ExitCode run(EventStore store, Output out, Rejects rejects) throws IOException {
        long start = System.nanoTime();
        try (InputFile input = InputFile.open(named.getPath(), shell())) {
            Importing.Outcome outcome = load(store, input, rejects);
            if (outcome.stopped()) {
                shell().note(Importing.stopped(outcome.done(), input));
                return ExitCode.OK;
            }
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return report(store, out, new ImportSummary(outcome.done(), dryRun, storeMissing, time));
        }
    }

    private Importing.Outcome load(EventStore store, InputFile input, Rejects rejects) throws IOException {
        try (ProgressDisplay progress =
                ProgressDisplay.of(shell(), quiet, ProgressTask.ofBytes("import", input.size()))) {
            return new Importing(shell(), store, source, dryRun).run(input, progress, rejects);
        }
    }

    private ExitCode report(EventStore store, Output out, ImportSummary summary) {
        summary.print(out, url());
        out.flush();
        ImportCounts counts = summary.done().counts();
        if (counts.isSeenBefore()) {
            shell().note("every line was in the store already: the input was imported before;"
                    + " if it is another input with the same lines, name it with --source");
        }
        if (!dryRun) {
            MemoryStores.warn(store, out, shell());
        }
        if (counts.rejected() == 0) {
            return ExitCode.OK;
        }
        shell().note("rejected %s of %s: correct the lines in '%s', and import their texts"
                .formatted(Figures.count(counts.rejected(), "line"), counts.lines(), rejects()));
        return ExitCode.BAD_DATA;
    }
}
