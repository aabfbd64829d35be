package io.headwater.cli;

import io.headwater.cli.text.Figures;
import io.headwater.migration.ImportCounts;
import io.headwater.migration.Importer;
import java.time.Duration;

/**
 * The summary of an import.
 *
 * @param done the import
 * @param dryRun whether nothing was written
 * @param storeMissing whether the store does not exist, since a dry run creates none
 * @param time how long the import took
 */
record ImportSummary(Importer done, boolean dryRun, boolean storeMissing, Duration time) {

    /** The form for use within a sentence. */
    static String brief(ImportCounts counts) {
        return Figures.count(counts.appended(), "event") + " new, " + Figures.count(counts.present())
                + " already there";
    }

    void print(Output out, String url) {
        if (out.json()) {
            printJson(out);
            return;
        }
        ImportCounts counts = done.counts();
        out.line(title(url));
        line(out, dryRun ? "would append" : "appended", counts.appended());
        if (!storeMissing) {
            line(out, "already there", counts.present());
        }
        if (counts.repeated() > 0) {
            line(out, "repeated lines", counts.repeated());
        }
        line(out, "rejected", counts.rejected());
        line(out, "streams", done.streams());
        long rate = Figures.rate(counts.lines(), time);
        out.line("  %-14s%12s   (%s lines a second)".formatted("time", Figures.time(time), Figures.count(rate)));
    }

    private String title(String url) {
        if (!dryRun) {
            return "Imported into " + url;
        }
        return "Dry run against " + url + ": nothing was written"
                + (storeMissing ? "; there is no store yet, which an import would create" : "");
    }

    private static void line(Output out, String name, long value) {
        out.line("  %-14s%12s".formatted(name, Figures.count(value)));
    }

    private void printJson(Output out) {
        ImportCounts counts = done.counts();
        out.object(json -> {
            json.writeBooleanProperty("dryRun", dryRun);
            json.writeNumberProperty("lines", counts.lines());
            json.writeNumberProperty("appended", counts.appended());
            json.writeNumberProperty("alreadyThere", counts.present());
            json.writeNumberProperty("repeated", counts.repeated());
            json.writeNumberProperty("rejected", counts.rejected());
            json.writeNumberProperty("streams", done.streams());
            json.writeNumberProperty("millis", time.toMillis());
        });
    }
}
