package io.headwater.tck.report;

import io.headwater.tck.rule.Operation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The last operations before a failure, each with a bar where it lies in time. */
final class Timeline {
    /** Percent; a shorter bar could not be seen. */
    private static final double NARROWEST = 0.4;

    private final List<Operation> operations;
    private final long first;
    private final long span;

    Timeline(List<Operation> operations) {
        this.operations = operations.stream()
                .sorted(Comparator.comparing(Operation::begun))
                .toList();
        first = nanos(operations.stream().map(Operation::begun).min(Comparator.naturalOrder()));
        long last = nanos(operations.stream().map(Operation::ended).max(Comparator.naturalOrder()));
        span = Math.max(1, last - first);
    }

    private static long nanos(Optional<Duration> time) {
        return time.orElse(Duration.ZERO).toNanos();
    }

    void write(Html html) {
        if (operations.isEmpty()) {
            return;
        }
        html.raw("<table class=\"timeline\"><caption>The last operations, by when they began</caption><thead><tr>")
                .raw("<th>#</th><th>at</th><th>store</th><th>operation</th><th>")
                .text("over " + time(span))
                .raw("</th><th>outcome</th></tr></thead><tbody>\n");
        operations.forEach(operation -> row(operation, html));
        html.raw("</tbody></table>\n");
    }

    private void row(Operation operation, Html html) {
        long begun = operation.begun().toNanos();
        long took = operation.ended().toNanos() - begun;
        double width = Math.max(NARROWEST, percent(took));
        double left = Math.min(percent(begun - first), 100 - width);
        html.raw(operation.threw() ? "<tr class=\"threw\">" : "<tr>")
                .element("td class=\"number\"", Long.toString(operation.number()))
                .element("td class=\"number\"", time(begun))
                .element("td", operation.store())
                .raw("<td>")
                .element("b", operation.name())
                .text(" " + operation.arguments())
                .raw("</td>")
                .raw("<td class=\"track\"><span class=\"bar\" style=\"left:%s%%;width:%s%%\" title=\"%s\"></span></td>"
                        .formatted(number(left), number(width), time(took)))
                .element("td class=\"outcome\"", (operation.threw() ? "throws " : "") + operation.outcome())
                .raw("</tr>\n");
    }

    private double percent(long nanos) {
        return 100.0 * nanos / span;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String time(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }
}
