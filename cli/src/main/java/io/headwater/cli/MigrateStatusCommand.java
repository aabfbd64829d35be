package io.headwater.cli;

import io.headwater.cli.plan.PlanFile;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.migration.MigrationStatus;
import picocli.CommandLine.Command;

/** Says how far a migration is. */
@Command(
        name = "status",
        header = "Say how far a migration is, and which process works on it.",
        description = "Reads what the migration keeps in its target, and the head of the source. Changes nothing.",
        footer = {
            "%nExamples:",
            "  headwater migrate status new.json",
            "  headwater migrate status new.json --json | jq .state"
        })
final class MigrateStatusCommand extends MigrationCommand {
    MigrateStatusCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(PlanFile plan, MigrationStores stores, Output out) {
        MigrationStatus status =
                plan.migration(stores.source(), stores.target()).build().status();
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("name", plan.name());
                json.writeStringProperty("state", state(status));
                json.writeNumberProperty("events", status.events());
                json.writeNumberProperty("bytes", status.bytes());
                json.writeStringProperty("position", status.position().toString());
                json.writeStringProperty("head", status.head().toString());
                status.holder().ifPresent(holder -> json.writeStringProperty("holder", holder));
            });
        } else {
            out.line("%s: %s".formatted(Printable.of(plan.name()), state(status)));
            line(out, "events", Figures.count(status.events()));
            line(out, "bytes", Figures.count(status.bytes()));
            line(out, "copied up to", status.position().toString());
            line(out, "source head", status.head().toString());
            line(out, "at work", status.holder().map(Printable::of).orElse("no process"));
        }
        return ExitCode.OK;
    }

    private static String state(MigrationStatus status) {
        if (!status.begun()) {
            return "NOT_BEGUN";
        }
        return status.isComplete() ? "COPIED" : "COPYING";
    }

    private static void line(Output out, String name, String value) {
        out.line("  %-14s%s".formatted(name, value));
    }
}
