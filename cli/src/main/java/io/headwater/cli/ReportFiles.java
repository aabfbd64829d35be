package io.headwater.cli;

import io.headwater.tck.TckReport;
import io.headwater.tck.report.ReportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files to which the report of a run is written. */
final class ReportFiles {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report to this file, in the format of its name: .json, .md or .html. Repeatable.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--report-dir",
            paramLabel = "DIR",
            description =
                    "Write the report to tck-report.json, .md and .html in this folder, which is created if it does not"
                            + " exist.")
    private @Nullable Path folder;

    /** Refuses files that could not be written, before the run begins. */
    void check() throws IOException {
        if (folder != null) {
            Files.createDirectories(folder);
        }
        for (Path file : places().keySet()) {
            TargetFile.check(file.toString());
        }
    }

    /** Writes every file completely, and prints its name. */
    void write(TckReport report, Shell shell) throws IOException {
        for (Map.Entry<Path, ReportFormat> place : places().entrySet()) {
            String name = place.getKey().toString();
            try (TargetFile target = TargetFile.open(name, false)) {
                target.stream().write(place.getValue().text(report).getBytes(StandardCharsets.UTF_8));
                target.commit();
            }
            shell.note("report written to " + name);
        }
    }

    private Map<Path, ReportFormat> places() {
        Map<Path, ReportFormat> places = new LinkedHashMap<>();
        files.forEach(file -> places.put(file, format(file)));
        if (folder != null) {
            for (ReportFormat format : ReportFormat.values()) {
                places.put(folder.resolve(format.fileName()), format);
            }
        }
        return places;
    }

    private static ReportFormat format(Path file) {
        return Arrays.stream(ReportFormat.values())
                .filter(format -> file.toString().endsWith("." + format.extension()))
                .findFirst()
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "--report '%s': a report is written to a file whose name ends with one of %s"
                                .formatted(
                                        file,
                                        Arrays.stream(ReportFormat.values())
                                                .map(format -> "." + format.extension())
                                                .collect(Collectors.joining(", ")))));
    }
}
