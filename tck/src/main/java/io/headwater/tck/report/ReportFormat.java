package io.headwater.tck.report;

import io.headwater.tck.TckReport;

/** The formats of report files, in UTF-8. Thread-safe. */
public enum ReportFormat {
    /** For programs: one object on one line, in the format {@value #JSON_FORMAT}, which {@code docs/tck.md} describes. */
    JSON("json"),
    /** For a page beside the code. */
    MARKDOWN("md"),
    /** For a browser: one file that loads nothing else. */
    HTML("html");

    /** The value of the field {@code format} in JSON. The number changes when the meaning of a field does. */
    public static final String JSON_FORMAT = "headwater-tck-report/1";

    private final String extension;

    ReportFormat(String extension) {
        this.extension = extension;
    }

    /** The extension of file names, without the dot. */
    public String extension() {
        return extension;
    }

    /** The usual name of the file. */
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
