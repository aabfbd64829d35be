package io.headwater.cli;

import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.Limits;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamCatalog;
import io.headwater.cli.ndjson.EventLineWriter;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports events as lines of JSON. */
@Command(
        name = "export",
        header = "Export events to a file of JSON lines.",
        description = {
            "Writes one event per line, in the order of the log. 'headwater import' appends the same events to any"
                    + " store: ids, data byte for byte, and metadata. Positions and versions are those of the new"
                    + " store.",
            "The file is written under a temporary name and renamed at the end, so it is never incomplete. An existing"
                    + " file of that name is replaced, unless it is a database.",
            "Events that can no longer be read from their streams, because these were deleted, tombstoned or truncated,"
                    + " are left out, since an import would restore them. --include-hidden exports them too."
        },
        footer = {
            "%nExamples:",
            "  headwater export backup.ndjson.gz",
            "  headwater export orders.ndjson --category order --type OrderPaid",
            "  headwater export - | jq -r .type | sort | uniq -c"
        })
final class ExportCommand extends StoreCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to write, or - for standard output. Default: -.")
    private File named = new File(StandardStreams.DASH);

    @Option(
            names = "--gzip",
            description = "Compress the output. This is the default if the file's name ends with .gz.")
    private boolean gzip;

    @Option(
            names = "--include-hidden",
            description =
                    "Also export the events of deleted, tombstoned and truncated streams that were not scavenged yet.")
    private boolean includeHidden;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    ExportCommand(Shell shell) {
        super(shell);
    }

    private boolean isStandardOutput() {
        return StandardStreams.isOutput(named.getPath());
    }

    @Override
    void check() throws IOException {
        if (!isStandardOutput()) {
            TargetFile.check(named.getPath());
        } else if (gzip && shell().terminals().out()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "compressed data cannot be written to a terminal: name a file, or redirect the output");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        long start = System.nanoTime();
        if (isStandardOutput()) {
            OutputStream target = TargetFile.compressed(out.stream(), gzip);
            Exported done = write(store, target);
            TargetFile.finish(target);
            out.flush();
            shell().note(summary(done, start));
            return ExitCode.OK;
        }
        try (TargetFile target = TargetFile.open(named.getPath(), gzip)) {
            Exported done = write(store, target.stream());
            target.commit();
            report(out, done, start);
        }
        return ExitCode.OK;
    }

    private Exported write(EventStore store, OutputStream target) throws IOException {
        EventLineWriter lines = new EventLineWriter(
                target, isStandardOutput() && shell().terminals().out());
        Limits limits = store.capabilities().limits();
        HiddenEvents hidden = hidden(store);
        Map<String, String> facts = facts(store);
        long read = 0;
        long written = 0;
        try (ProgressDisplay progress =
                ProgressDisplay.of(shell(), quiet, ProgressTask.ofEvents("export", expected(facts)))) {
            Iterator<RecordedEvent> log =
                    store.log(LogQuery.all().filter(filter.filter())).iterator();
            while (log.hasNext()) {
                RecordedEvent event = log.next();
                if (!hidden.contains(event)) {
                    lines.export(event, limits);
                    written++;
                }
                progress.at(++read, read);
            }
        }
        if (read == 0) {
            shell().note(NothingFound.inLog(store, filter.filter(), Position.START));
        }
        noteUnreadable(facts);
        return new Exported(written, read - written);
    }

    /** What the store says of all events. Of those that a filter matches it says nothing. */
    private Map<String, String> facts(EventStore store) {
        return filter.filter().isAll()
                ? store.facet(Diagnostics.class).map(Diagnostics::describe).orElse(Map.of())
                : Map.of();
    }

    /** Streams that another client of the storage wrote, under names that no store can take. */
    private void noteUnreadable(Map<String, String> facts) {
        long streams = Long.parseLong(facts.getOrDefault("unreadable streams", "0"));
        if (streams > 0) {
            shell().note("left out %s of other tools, whose names no stream id can have"
                    .formatted(Figures.count(streams, "stream")));
        }
    }

    private HiddenEvents hidden(EventStore store) {
        if (includeHidden) {
            return HiddenEvents.none();
        }
        Optional<StreamCatalog> catalog = store.facet(StreamCatalog.class);
        if (catalog.isEmpty()) {
            shell().note("this store does not report which events were deleted or truncated: all of them are exported");
        }
        return catalog.map(streams -> HiddenEvents.of(streams, filter.filter().streamPrefix()))
                .orElseGet(HiddenEvents::none);
    }

    /** The number of events that a filter matches is not known before they are read. */
    private long expected(Map<String, String> facts) {
        return quiet ? ProgressTask.UNKNOWN : Long.parseLong(facts.getOrDefault("events", "-1"));
    }

    private void report(Output out, Exported done, long start) {
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("file", named.getPath());
                json.writeNumberProperty("events", done.events());
                json.writeNumberProperty("hiddenLeftOut", done.leftOut());
            });
        } else {
            out.line(summary(done, start));
        }
    }

    private String summary(Exported done, long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return "exported %s%s in %s (%s a second)%s"
                .formatted(
                        Figures.count(done.events(), "event"),
                        isStandardOutput() ? "" : " to " + Printable.of(named.getPath()),
                        Figures.time(time),
                        Figures.count(Figures.rate(done.events(), time)),
                        done.leftOut() == 0
                                ? ""
                                : "; left out " + Figures.count(done.leftOut(), "hidden event")
                                        + " of deleted or truncated streams, which --include-hidden exports");
    }

    private record Exported(long events, long leftOut) {}
}
