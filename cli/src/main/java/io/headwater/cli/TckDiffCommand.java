package io.headwater.cli;

import io.headwater.cli.conformance.ReportDiff;
import io.headwater.cli.conformance.ReportDiff.Change;
import io.headwater.cli.conformance.ReportDiff.Kind;
import io.headwater.cli.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** Compares two reports. */
@Command(
        name = "diff",
        header = "Show the differences between two reports.",
        description =
                "Lists the rules with another result in the second report, the rules that are in only one of them, and"
                        + " what the stores declare differently. The exit code is 1 when a rule fails that did not"
                        + " fail before.",
        footer = {
            "%nExamples:",
            "  headwater tck diff before.json after.json",
            "  headwater tck diff before.json after.json --json | jq -r .rule"
        })
final class TckDiffCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "A report as JSON.")
    private @Nullable Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "A later report, or that of another store.")
    private @Nullable Path after;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    TckDiffCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        Map<Kind, List<Change>> changes = new ReportDiff(
                        ReportInput.read(Arguments.given(before)), ReportInput.read(Arguments.given(after)))
                .changes();
        try (Output out = new Output(shell, common.json())) {
            if (out.json()) {
                changes.values()
                        .forEach(ofKind -> ofKind.forEach(change -> out.object(json -> describe(change, json))));
            } else {
                changes.forEach((kind, ofKind) -> print(kind, ofKind, out));
            }
        }
        if (changes.isEmpty()) {
            shell.note("no differences");
        }
        return (changes.containsKey(Kind.NEWLY_FAILING) ? ExitCode.REFUSED : ExitCode.OK).number();
    }

    private static void print(Kind kind, List<Change> changes, Output out) {
        out.line(out.paint().bold(kind.words() + " (" + changes.size() + ")"));
        for (Change change : changes) {
            String name = (change.name() + " " + change.sentence()).strip();
            out.line("  %s: %s -> %s"
                    .formatted(Printable.of(name), orNothing(change.before()), orNothing(change.after())));
        }
    }

    private static String orNothing(String value) {
        return value.isEmpty() ? "nothing" : Printable.of(value);
    }

    private static void describe(Change change, JsonGenerator json) {
        json.writeStringProperty("change", change.kind().name());
        json.writeStringProperty(change.kind() == Kind.DECLARED ? "declared" : "rule", change.name());
        if (!change.before().isEmpty()) {
            json.writeStringProperty("before", change.before());
        }
        if (!change.after().isEmpty()) {
            json.writeStringProperty("after", change.after());
        }
    }
}
