package io.headwater.cli;

import io.headwater.RecordedEvent;
import io.headwater.cli.ndjson.EventTime;
import io.headwater.cli.text.Paint;
import io.headwater.cli.text.Printable;
import java.util.List;

/** The layout of the demonstration. */
final class DemoText {
    private static final int WIDEST_DATA = 56;

    private final Output out;
    private final Paint paint;
    private int step;

    DemoText(Output out) {
        this.out = out;
        this.paint = out.paint();
    }

    void title(String title, String subtitle) {
        out.line("");
        out.line("  " + paint.bold(title));
        out.line("  " + paint.faint(subtitle));
        out.flush();
    }

    void step(String title, String... explanation) {
        step++;
        out.line("");
        out.line(paint.cyan(" " + step + " ") + paint.bold(title));
        for (String line : explanation) {
            out.line("   " + paint.faint(line));
        }
        out.line("");
    }

    void done(String text) {
        out.line("   " + paint.green("✓") + " " + text);
        out.flush();
    }

    void refused(String text) {
        out.line("   " + paint.yellow("✗") + " " + text);
    }

    void command(String comment, String command) {
        out.line("   " + paint.faint("# " + comment));
        out.line("   " + command);
    }

    void line(String text) {
        out.line("   " + text);
    }

    void end() {
        out.line("");
    }

    /** Aligned, because these are few and short. */
    void events(List<RecordedEvent> events) {
        int stream = events.stream()
                .mapToInt(event -> event.stream().value().length())
                .max()
                .orElse(0);
        int type =
                events.stream().mapToInt(event -> event.type().length()).max().orElse(0);
        for (RecordedEvent event : events) {
            String place = ("%-" + stream + "s  %2s").formatted(event.stream(), event.version());
            String what = ("%-" + type + "s").formatted(event.type());
            out.line("   " + paint.faint(EventTime.of(event).substring(0, 10)) + "  " + paint.cyan(place) + "  "
                    + paint.bold(what) + "  " + Printable.of(event.data().text(), WIDEST_DATA));
        }
        out.flush();
    }
}
