package io.headwater.cli;

import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.cli.ndjson.EventLineWriter;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports events as lines of JSON. */
@Command(
        name = "export",
        header = "Export events to a file of JSON lines.",
        description = {
            "Writes one event a line, in the order of the log, so that 'headwater import' makes the same events of them in"
                    + " any store: ids, data byte for byte, and metadata. Positions and versions are the new store's own.",
            "A file is written beside its place and moved there at the end: it is never there in part. An older one of that"
                    + " name is replaced."
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
    private String file = "-";

    @Option(names = "--gzip", description = "Compress; done anyway if the file's name ends with .gz.")
    private boolean gzip;

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    ExportCommand(Shell shell) {
        super(shell);
    }

    @Override
    void check() {
        if (gzip && file.equals("-") && shell().terminals().out()) {
            throw new Failure(
                    ExitCode.USAGE, "compressed data are not for a terminal: name a file, or redirect the output");
        }
    }

    @Override
    ExitCode run(EventStore store, Output out) throws IOException {
        long start = System.nanoTime();
        if (file.equals("-")) {
            OutputStream target = TargetFile.compressed(out.stream(), gzip);
            long events = write(store, target);
            TargetFile.finish(target);
            out.flush();
            shell().note(summary(events, start));
            return ExitCode.OK;
        }
        try (TargetFile target = TargetFile.open(file, gzip)) {
            long events = write(store, target.stream());
            target.commit();
            report(out, events, start);
        }
        return ExitCode.OK;
    }

    private long write(EventStore store, OutputStream target) throws IOException {
        EventLineWriter lines = new EventLineWriter(target);
        long events = 0;
        try (Progress progress = Progress.of(shell(), quiet, ProgressTask.ofEvents("export", expected(store)))) {
            Iterator<RecordedEvent> log =
                    store.log(LogQuery.all().filter(filter.filter())).iterator();
            while (log.hasNext()) {
                lines.export(log.next());
                progress.at(++events, events);
            }
        }
        return events;
    }

    /** Nobody counts what a filter lets pass before it was read. */
    private long expected(EventStore store) {
        if (quiet || !filter.filter().isAll()) {
            return ProgressTask.UNKNOWN;
        }
        return store.facet(Diagnostics.class)
                .map(facts -> Long.parseLong(facts.describe().getOrDefault("events", "-1")))
                .orElse(ProgressTask.UNKNOWN);
    }

    private void report(Output out, long events, long start) {
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("file", file);
                json.writeNumberProperty("events", events);
            });
        } else {
            out.line(summary(events, start));
        }
    }

    private String summary(long events, long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        return "exported %s%s in %s (%s a second)"
                .formatted(
                        Figures.count(events, "event"),
                        file.equals("-") ? "" : " to " + Printable.of(file),
                        Figures.time(time),
                        Figures.count(Figures.rate(events, time)));
    }
}
