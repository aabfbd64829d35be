package io.headwater.cli;

import io.headwater.StoreRemoval;
import io.headwater.StoreSchema;
import io.headwater.cli.text.Figures;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes one store from storage that others share. */
@Command(
        name = "drop",
        header = "Remove one store, with all its events, from storage that others share.",
        description =
                "For stores in a table of DynamoDB, which stays, with its other stores. Tells what is removed and what"
                        + " that takes, and asks first. Stop the programs that use the store before. A removal that was"
                        + " cut off is finished by running it again. Storage of other kinds is removed with its own"
                        + " means, such as removing a file. The only way back is a backup.",
        footer = {
            "%nExamples:",
            "  headwater schema drop --url dynamodb://events/orders",
            "  headwater schema drop --url dynamodb://events/orders --yes"
        })
final class SchemaDropCommand extends OnSchema {
    @Mixin
    private final Confirmation confirmation = new Confirmation();

    SchemaDropCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(StoreSchema schema, Output out) throws IOException {
        StoreRemoval removal = schema.removal()
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "stores of this kind are not removed by this command: remove %s with the means of its storage"
                                .formatted(url())));
        shell().note(removal.effect());
        confirmation.require(shell(), "drop", url(), "the only way back is a backup");
        long removed = removal.remove();
        if (out.json()) {
            out.object(json -> json.writeNumberProperty("removed", removed));
        } else {
            out.line("removed " + Figures.count(removed, "item"));
        }
        return ExitCode.OK;
    }
}
