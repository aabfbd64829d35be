package io.headwater.tck.report;

import io.headwater.tck.TckReport;

/** The kinds of files that a report can be written as, in UTF-8. Thread-safe. */
public enum ReportFormat {
    /** For programs: one object on one line, of the format {@value #JSON_FORMAT}, which {@code docs/tck.md} describes. */
    JSON("json"),
    /** For a page beside the code. */
    MARKDOWN("md"),
    /** For a browser: one file that loads nothing from elsewhere. */
    HTML("html");

    /** What the field {@code format} of a report as JSON says. Another meaning of a field makes another number. */
    public static final String JSON_FORMAT = "headwater-tck-report/1";

    private final String extension;

    ReportFormat(String extension) {
        this.extension = extension;
    }

    /** How names of such files end, without the dot. */
    public String extension() {
        return extension;
    }

    /** The name under which such a file is usually kept. */
    public String fileName() {
        return "tck-report." + extension;
    }

    /** The report in this format. */
    public String text(TckReport report) {
        return switch (this) {
            case JSON -> JsonReport.of(report);
            case MARKDOWN -> MarkdownReport.of(report);
            case HTML -> HtmlReport.of(report);
        };
    }
}
