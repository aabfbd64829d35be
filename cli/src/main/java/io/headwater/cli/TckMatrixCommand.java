package io.headwater.cli;

import io.headwater.cli.conformance.Matrix;
import io.headwater.cli.conformance.StoredReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** Combines reports of several backends in tables. */
@Command(
        name = "matrix",
        header = "Combine reports of several stores in tables.",
        description =
                "Prints tables in Markdown with a column for each report: what the stores declare, how the rules of"
                        + " each group ended, and the rules that did not pass in all of them.",
        footer = {
            "%nExamples:",
            "  headwater tck matrix memory.json sqlite.json > matrix.md",
            "  headwater tck matrix --rules memory.json sqlite.json"
        })
final class TckMatrixCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "1..*",
            paramLabel = "REPORT",
            description = "Files that 'headwater tck run --report FILE.json' wrote.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--rules", description = "Show every rule, also those that passed in all reports.")
    private boolean everyRule;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    TckMatrixCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        List<StoredReport> reports = new ArrayList<>();
        for (Path file : files) {
            reports.add(ReportInput.read(file));
        }
        Matrix matrix = new Matrix(reports);
        try (Output out = new Output(shell, common.json())) {
            if (out.json()) {
                printJson(matrix, out);
            } else {
                printMarkdown(matrix, out);
            }
        }
        return ExitCode.OK.number();
    }

    private void printMarkdown(Matrix matrix, Output out) {
        out.line("## What the stores declare\n\n" + matrix.markdown("", matrix.declared()));
        out.line("\n## Groups of rules\n\n" + matrix.markdown("group", matrix.groups()));
        Map<String, List<String>> rules = matrix.rules(!everyRule);
        if (!rules.isEmpty()) {
            String title = everyRule ? "Rules" : "Rules that did not pass in every report";
            out.line("\n## " + title + "\n\n" + matrix.markdown("rule", withSentences(matrix, rules)));
        }
    }

    private static Map<String, List<String>> withSentences(Matrix matrix, Map<String, List<String>> rules) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        rules.forEach((id, values) -> rows.put(id + " " + matrix.sentence(id), values));
        return rows;
    }

    private void printJson(Matrix matrix, Output out) {
        out.object(json -> {
            json.writeArrayPropertyStart("reports");
            matrix.columns().forEach(json::writeString);
            json.writeEndArray();
            table(json, "declared", matrix.declared());
            table(json, "groups", matrix.groups());
            table(json, "rules", matrix.rules(!everyRule));
        });
    }

    private static void table(JsonGenerator json, String name, Map<String, List<String>> rows) {
        json.writeObjectPropertyStart(name);
        rows.forEach((row, values) -> {
            json.writeArrayPropertyStart(row);
            values.forEach(json::writeString);
            json.writeEndArray();
        });
        json.writeEndObject();
    }
}
