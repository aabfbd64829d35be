package io.headwater.cli;

import io.headwater.cli.plan.PlanFile;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.migration.Migration;
import io.headwater.migration.copy.Copied;
import io.headwater.migration.copy.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Copies what was not copied yet. */
@Command(
        name = "copy",
        header = "Copy what was not copied yet, up to the head of the source.",
        description = {
            "Copies in the order of the log, and creates the target if it does not exist. Safe to repeat: it goes on where"
                    + " the run before ended, after Ctrl-C, a failure or kill -9, and writes no event twice. Run it"
                    + " again to copy what was appended to the source since.",
            "",
            "While a store cannot be reached it tries again, for as long as --patience says, and then ends with code 3."
                    + " Of two runs of the same migration one works, and the other ends with code 7."
        },
        footer = {
            "%nExamples:",
            "  headwater migrate copy new.json",
            "  headwater migrate copy new.json --json | jq .events",
            "  headwater migrate copy new.json --quiet --report copied.json"
        })
final class MigrateCopyCommand extends MigrationCommand {
    private static final long UPDATE_NANOS = Duration.ofSeconds(1).toNanos();

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long to try again when a store fails, such as 30s, 5m or 1h. Default: 5m.")
    private Duration patience = Duration.ofMinutes(5);

    @Option(names = "--report", paramLabel = "FILE", description = "Write what was done to this file, as JSON.")
    private @Nullable Path report;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    MigrateCopyCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() throws IOException {
        if (report != null) {
            TargetFile.check(report.toString());
        }
    }

    @Override
    MigrationStores open(PlanFile plan) {
        return MigrationStores.openOrCreate(plan, shell());
    }

    @Override
    ExitCode run(PlanFile plan, MigrationStores stores, Output out) throws IOException {
        Copied done = copy(stoppable(plan, stores, patience), stores, out);
        if (report != null) {
            new MigrationReport(plan, stores).write(report, json -> describe(done, json));
        }
        if (out.json()) {
            out.object(json -> describe(done, json));
        } else {
            out.line(summary(done, stores));
        }
        if (!done.complete()) {
            out.flush();
            shell().note("stopped before the head of the source; run the same command again to go on");
        }
        MemoryStores.warn(stores.target(), out, shell());
        return ExitCode.OK;
    }

    private Copied copy(Migration migration, MigrationStores stores, Output out) {
        if (out.json()) {
            return migration.copy(quiet ? progress -> {} : new Lines(out));
        }
        try (ProgressDisplay display =
                ProgressDisplay.of(shell(), quiet, ProgressTask.ofBatches("copy", stores.expectedEvents()))) {
            return migration.copy(progress -> display.at(progress.total(), progress.total()));
        }
    }

    private static String summary(Copied done, MigrationStores stores) {
        String hidden = done.hidden() == 0 ? "" : ", hid events in " + Figures.count(done.hidden(), "stream");
        return "copied %s (%s) to %s in %s (%s a second)%s"
                .formatted(
                        Figures.count(done.events(), "event"),
                        Figures.count(done.bytes(), "byte"),
                        Printable.of(stores.target().backend()),
                        Figures.time(done.time()),
                        Figures.count(Figures.rate(done.events(), done.time())),
                        hidden);
    }

    private static void describe(Copied done, JsonGenerator json) {
        json.writeStringProperty("state", done.complete() ? "COPIED" : "STOPPED");
        json.writeNumberProperty("events", done.events());
        json.writeNumberProperty("bytes", done.bytes());
        json.writeNumberProperty("hiddenStreams", done.hidden());
        json.writeStringProperty("position", done.position().toString());
        json.writeNumberProperty("retries", done.retries());
        json.writeNumberProperty("millis", done.time().toMillis());
    }

    /** An object a second. */
    private static final class Lines implements Consumer<Progress> {
        private final Output out;
        private long next = System.nanoTime() + UPDATE_NANOS;

        Lines(Output out) {
            this.out = out;
        }

        @Override
        public void accept(Progress progress) {
            if (System.nanoTime() - next < 0) {
                return;
            }
            next = System.nanoTime() + UPDATE_NANOS;
            out.object(json -> {
                json.writeStringProperty("state", "COPYING");
                json.writeNumberProperty("events", progress.events());
                json.writeNumberProperty("bytes", progress.bytes());
                json.writeNumberProperty("total", progress.total());
                json.writeNumberProperty("rate", progress.rate());
                json.writeStringProperty("position", progress.position().toString());
                json.writeStringProperty("head", progress.head().toString());
                json.writeNumberProperty("retries", progress.retries());
            });
            out.flush();
        }
    }
}
