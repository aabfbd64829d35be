package io.headwater.cli;

import io.headwater.StoreSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Creates the missing tables, or makes the missing steps. */
@Command(
        name = "apply",
        header = "Create the tables, or apply the steps that are missing.",
        description =
                "Applies all steps or none, and none if the tables are current. Prints the applied steps. Asks before"
                        + " it changes the format of a store: older versions of the programs that use it then refuse"
                        + " it. The only way back is a backup.",
        footer = {
            "%nExamples:",
            "  headwater schema apply --url postgresql://owner@db/shop?namespace=orders",
            "  headwater schema apply --url sqlite:events.db --yes"
        })
final class SchemaApplyCommand extends OnSchema {
    @Mixin
    private final Confirmation confirmation = new Confirmation();

    SchemaApplyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(StoreSchema schema, Output out) throws IOException {
        Optional<String> effect = effect(schema);
        if (effect.isPresent()) {
            shell().note("the store is there already: " + effect.get());
            confirmation.require(shell(), "upgrade", url(), "the only way back is a backup");
        }
        List<String> made = schema.apply();
        print(made, "applied", out);
        out.flush();
        shell().note(made.isEmpty() ? "the tables were current" : "the tables are current now");
        return ExitCode.OK;
    }
}
