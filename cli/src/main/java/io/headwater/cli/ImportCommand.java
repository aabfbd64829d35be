package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.cli.load.ImportStopped;
import io.headwater.cli.load.Importer;
import io.headwater.cli.load.Rejects;
import io.headwater.cli.ndjson.BrokenInput;
import io.headwater.cli.ndjson.Compression;
import io.headwater.cli.ndjson.LineReader;
import io.headwater.cli.text.Figures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports events from lines of JSON. */
@Command(
        name = "import",
        header = "Import events from a file of JSON lines.",
        description = {
            "Reads one event a line, plain or compressed with gzip, and appends them in order. A line is an object with the"
                    + " fields stream, type and data, and optionally id (a UUID), time (ISO-8601 with offset, kept as metadata"
                    + " occurredAt) and metadata (an object of texts).",
            "",
            "Safe to repeat: an event that is there already is not appended again. After an interruption, of whatever kind,"
                    + " run the same command again. An event without an id gets one made of its line's number and text: you may"
                    + " correct lines that were refused, but do not change lines that were imported, nor insert or remove"
                    + " any."
        },
        footer = {
            "%nExamples:",
            "  headwater import events.ndjson.gz",
            "  headwater import events.ndjson --on-error skip --rejects bad.ndjson",
            "  headwater export - --url sqlite:old.db | headwater import - --url sqlite:new.db"
        })
final class ImportCommand extends StoreCommand {
    private static final String STANDARD_INPUT = "-";
    private static final int ROOM_AROUND_DATA = 1 << 20;

    enum OnError {
        stop,
        skip
    }

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to read, or - for standard input. Default: -.")
    private File named = new File(STANDARD_INPUT);

    @Option(
            names = "--on-error",
            paramLabel = "stop|skip",
            description =
                    "What to do at a bad line. stop: end there, with everything before it imported. skip: keep the line in"
                            + " the rejects file and go on. Default: ${DEFAULT-VALUE}.")
    private OnError onError = OnError.stop;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description =
                    "Where --on-error skip puts bad lines, with number and reason. Default: <input file>.rejects.ndjson.")
    private @Nullable Path rejectsFile;

    @Option(names = "--dry-run", description = "Check everything, write nothing.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    ImportCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return !dryRun;
    }

    @Override
    EventStore open(StoreOptions wanted) {
        return dryRun
                ? wanted.openIfThere(shell()).orElseGet(() -> EventStores.open("memory:"))
                : wanted.openOrCreate(shell());
    }

    @Override
    void check() throws IOException {
        if (rejectsFile != null && onError == OnError.stop) {
            throw new Failure(ExitCode.USAGE, "--rejects is for --on-error skip: add that, or leave it out");
        }
        String file = named.getPath();
        Path input = Path.of(file);
        if (!isStandardInput() && !Files.isReadable(input)) {
            String problem = Files.exists(input) ? "cannot be read: check its permissions" : "does not exist";
            throw new Failure(ExitCode.USAGE, "file '" + file + "' " + problem);
        }
        if (Files.isDirectory(input)) {
            throw new Failure(ExitCode.USAGE, "'" + file + "' is a folder: name a file in it");
        }
        if (Files.exists(rejects()) && !isStandardInput() && Files.isSameFile(input, rejects())) {
            throw new Failure(ExitCode.USAGE, "the rejects file is the input itself: name another with --rejects");
        }
    }

    private boolean isStandardInput() {
        return named.getPath().equals(STANDARD_INPUT);
    }

    private Path rejects() {
        if (rejectsFile != null) {
            return rejectsFile;
        }
        return Path.of((isStandardInput() ? "headwater" : named.getPath()) + ".rejects.ndjson");
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        long start = System.nanoTime();
        if (onError == OnError.stop) {
            report(load(store, Rejects.stop()), start, out);
            warn(store, out);
            return ExitCode.OK;
        }
        try (RejectsFile rejects = new RejectsFile(rejects())) {
            Importer done = load(store, rejects);
            report(done, start, out);
            warn(store, out);
            return verdict(done);
        }
    }

    private void report(Importer done, long start, Output out) {
        new ImportSummary(done, dryRun, Duration.ofNanos(System.nanoTime() - start)).print(out, url());
    }

    private void warn(EventStore store, Output out) {
        if (!dryRun) {
            MemoryStores.warn(store, out, shell());
        }
    }

    private ExitCode verdict(Importer done) {
        long rejected = done.counts().rejected();
        if (rejected == 0) {
            return ExitCode.OK;
        }
        shell().note("rejected %s of %d: see '%s', correct them, and import that file's texts"
                .formatted(Figures.count(rejected, "line"), done.counts().lines(), rejects()));
        return ExitCode.BAD_DATA;
    }

    private Importer load(EventStore store, Rejects rejects) throws IOException {
        try (InputFile input = InputFile.open(named.getPath(), shell());
                Progress progress = Progress.of(shell(), quiet, ProgressTask.ofBytes("import", input.size()))) {
            Importer importer =
                    new Importer(store, dryRun, rejects, counts -> progress.at(input.read(), counts.lines()));
            run(importer, input, longestLine(store));
            return importer;
        }
    }

    private void run(Importer importer, InputFile input, int longestLine) throws IOException {
        try {
            importer.run(new LineReader(Compression.uncompressed(input.stream()), longestLine));
        } catch (ImportStopped e) {
            String remedy = "correct the line and run the same command again, or go on without it: --on-error skip";
            throw badData(
                    "line %d of %s: %s"
                            .formatted(e.bad().line().number(), input, e.bad().reason()),
                    importer,
                    remedy,
                    e);
        } catch (BrokenInput e) {
            throw badData(
                    input + ": " + e.getMessage(), importer, "get the whole file and run the same command again", e);
        }
    }

    private Failure badData(String problem, Importer importer, String remedy, Exception cause) {
        String before = "everything before it is " + (dryRun ? "good" : "imported");
        String counts = ImportSummary.brief(importer);
        return new Failure(ExitCode.BAD_DATA, "%s; %s (%s); %s".formatted(problem, before, counts, remedy), cause);
    }

    /** JSON escapes and Base64 take more room than what they stand for. */
    private static int longestLine(EventStore store) {
        long most = 2 * store.capabilities().limits().maxEventBytes() + ROOM_AROUND_DATA;
        return (int) Math.min(most, Integer.MAX_VALUE / 4);
    }
}
