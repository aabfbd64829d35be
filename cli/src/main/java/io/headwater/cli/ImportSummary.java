package io.headwater.cli;

import io.headwater.cli.load.ImportCounts;
import io.headwater.cli.load.Importer;
import io.headwater.cli.text.Figures;
import java.time.Duration;

/** What an import did. */
record ImportSummary(Importer done, boolean dryRun, Duration time) {

    /** As it may stand in a sentence. */
    static String brief(Importer done) {
        ImportCounts counts = done.counts();
        return Figures.count(counts.appended(), "event") + " new, " + Figures.count(counts.present())
                + " already there";
    }

    void print(Output out, String url) {
        if (out.json()) {
            printJson(out);
            return;
        }
        ImportCounts counts = done.counts();
        long rate = Figures.rate(counts.lines(), time);
        out.line(dryRun ? "Dry run against " + url + ": nothing was written" : "Imported into " + url);
        line(out, dryRun ? "would append" : "appended", Figures.count(counts.appended()));
        line(out, "already there", Figures.count(counts.present()));
        line(out, "rejected", Figures.count(counts.rejected()));
        line(out, "streams", Figures.count(done.streams()));
        out.line("  %-14s%12s   (%s lines a second)".formatted("time", Figures.time(time), Figures.count(rate)));
    }

    private static void line(Output out, String name, String value) {
        out.line("  %-14s%12s".formatted(name, value));
    }

    private void printJson(Output out) {
        ImportCounts counts = done.counts();
        out.object(json -> {
            json.writeBooleanProperty("dryRun", dryRun);
            json.writeNumberProperty("lines", counts.lines());
            json.writeNumberProperty("appended", counts.appended());
            json.writeNumberProperty("alreadyThere", counts.present());
            json.writeNumberProperty("rejected", counts.rejected());
            json.writeNumberProperty("streams", done.streams());
            json.writeNumberProperty("millis", time.toMillis());
        });
    }
}
