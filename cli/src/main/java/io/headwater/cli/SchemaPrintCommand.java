package io.headwater.cli;

import io.headwater.StoreSchema;
import picocli.CommandLine.Command;

/** Prints the statements that create the tables. */
@Command(
        name = "print",
        header = "Print all statements that create the tables, for review or for a migration tool.",
        description =
                "Connects to no server, and opens no file. In an empty database, the statements have the effect of"
                        + " 'headwater schema apply' makes.",
        footer = {
            "%nExamples:",
            "  headwater schema print --url postgresql://localhost/shop | psql shop",
            "  headwater schema print --url postgresql://localhost/shop?namespace=orders",
            "  headwater schema print --url sqlite:events.db | sqlite3 events.db"
        })
final class SchemaPrintCommand extends OnSchema {

    SchemaPrintCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(StoreSchema schema, Output out) {
        schema.script().lines().forEach(out::line);
        return ExitCode.OK;
    }
}
