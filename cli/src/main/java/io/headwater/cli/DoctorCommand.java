package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.StoreVerifier;
import io.headwater.StoreVerifier.Problem;
import io.headwater.StoreVerifier.Summary;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import picocli.CommandLine.Command;

/** Checks whether what a store holds fits together. */
@Command(
        name = "doctor",
        header = "Check whether what a store holds fits together, as after a restore.",
        description = {
            "Reads everything that the store holds, and lists what does not fit: events that are missing or that no stream"
                    + " has; of SQLite, damage to the file; of DynamoDB, gaps of the log, and a counter, catalog or log"
                    + " that lags. Changes nothing.",
            "",
            "Run it when nothing is appended: in DynamoDB, an append in progress may be listed. Exit code 6 means that"
                    + " something was found."
        },
        footer = {
            "%nExamples:",
            "  headwater doctor --url sqlite:copy.db",
            "  headwater doctor --url dynamodb://events-restored/orders --json | jq -r .problem"
        })
final class DoctorCommand extends StoreCommand {
    private long found;

    DoctorCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        StoreVerifier verifier = store.facet(StoreVerifier.class)
                .orElseThrow(() -> new Failure(
                        ExitCode.REFUSED, "stores of the backend '%s' cannot be checked".formatted(store.backend())));
        Summary summary = verifier.verify(problem -> {
            found++;
            print(problem, out);
        });
        print(summary, out);
        return found == 0 ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static void print(Problem problem, Output out) {
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("problem", problem.name());
                json.writeStringProperty("detail", problem.detail());
            });
        } else {
            out.line(out.paint().yellow("✗") + " " + problem.name() + ": " + Printable.of(problem.detail()));
        }
    }

    private void print(Summary summary, Output out) {
        if (out.json()) {
            out.object(json -> {
                json.writeNumberProperty("streams", summary.streams());
                json.writeNumberProperty("events", summary.events());
                json.writeNumberProperty("problems", found);
            });
        } else {
            String checked =
                    Figures.count(summary.streams(), "stream") + ", " + Figures.count(summary.events(), "event");
            out.line(
                    found == 0
                            ? out.paint().green("✓") + " " + checked + ": everything fits"
                            : checked + ": " + Figures.count(found, "problem"));
        }
    }
}
