package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.cli.ndjson.BrokenInput;
import io.headwater.cli.ndjson.EventLineReader;
import io.headwater.cli.ndjson.LineReader;
import io.headwater.cli.text.Figures;
import io.headwater.migration.AnotherInput;
import io.headwater.migration.DerivedIds;
import io.headwater.migration.ImportStopped;
import io.headwater.migration.Importer;
import io.headwater.migration.Rejects;
import java.io.IOException;

/**
 * One run of {@code import}: reads the input, and reports its progress if it ends early.
 *
 * @param shell the streams and variables of the process
 * @param store the store to import into
 * @param source the name from which ids of lines without one are derived, together with the lines
 * @param dryRun whether nothing is written
 */
record Importing(Shell shell, EventStore store, String source, boolean dryRun) {
    private static final int ROOM_AROUND_DATA = 1 << 20;

    /** How an import ended. */
    record Outcome(Importer done, boolean stopped) {}

    /**
     * Returns at the end of the input, or when the process was told to end. Throws {@link Failure} in all other cases.
     */
    Outcome run(InputFile input, ProgressDisplay progress, Rejects rejects) throws IOException {
        Importer importer = new Importer(store, dryRun, rejects, counts -> progress.at(input.read(), counts.lines()));
        shell.termination().requested().thenRun(input::stop);
        try {
            importer.run(new EventLineReader(new LineReader(input.bytes(), longestLine()), new DerivedIds(source)));
        } catch (ImportStopped e) {
            throw stopped(e, importer, input);
        } catch (BrokenInput e) {
            throw failure(
                    e.isDamaged() ? ExitCode.BAD_DATA : ExitCode.UNAVAILABLE,
                    input + ": " + e.getMessage(),
                    importer,
                    (e.isDamaged() ? "get the whole file and " : "") + "run the same command again",
                    e);
        } catch (RejectsFile.NotKept e) {
            throw failure(
                    ExitCode.UNAVAILABLE,
                    input + ": " + e.getMessage(),
                    importer,
                    "make room, or name another file with --rejects, and run the same command again",
                    e);
        } catch (AnotherInput e) {
            throw another(e, importer, input);
        }
        return new Outcome(importer, input.isStopped());
    }

    /** JSON escapes and Base64 take more space than the bytes that they represent. */
    private int longestLine() {
        long most = 2 * store.capabilities().limits().maxEventBytes() + ROOM_AROUND_DATA;
        return (int) Math.min(most, Integer.MAX_VALUE / 4);
    }

    private Failure stopped(ImportStopped e, Importer importer, InputFile input) {
        return failure(
                ExitCode.BAD_DATA,
                "line %s of %s: %s"
                        .formatted(e.bad().line().number(), input, e.bad().reason()),
                importer,
                "correct the line and run the same command again, or continue without it: --on-error skip",
                e);
    }

    private Failure failure(ExitCode code, String problem, Importer importer, String remedy, Exception cause) {
        String before = "everything before it is " + (dryRun ? "good" : "imported");
        return new Failure(
                code,
                "%s; %s (%s); %s".formatted(problem, before, ImportSummary.brief(importer.counts()), remedy),
                cause);
    }

    private static Failure another(AnotherInput e, Importer importer, InputFile input) {
        return new Failure(
                ExitCode.REFUSED,
                ("%s begins like an input that was imported before, up to line %s, and differs from it in line %s; no"
                                + " line without an id was appended (%s); if it is another input, name it with"
                                + " --source; if it is the same one with changes, import the new lines as a file of"
                                + " their own, with --source")
                        .formatted(input, e.lastStored(), e.firstNew(), ImportSummary.brief(importer.counts())),
                e);
    }

    /** Reports how far the import is, when the process was told to end. */
    static String stopped(Importer done, InputFile input) {
        return "stopped after line %s of %s: %s; run the same command again with the same input to continue"
                .formatted(Figures.count(done.counts().lines()), input, ImportSummary.brief(done.counts()));
    }
}
