package io.headwater.cli;

import picocli.CommandLine.Command;

/** The group of commands for the tables of a store, which they do not open. */
@Command(
        name = "schema",
        header = "Print, check, create or remove the storage of a store.",
        description =
                "For stores whose tables are created, or changed to a newer format, separately from the programs that"
                        + " use them: by an administrator, or by a migration tool. The programs then open the store"
                        + " with schema=validate. Other commands than 'apply' never change the format of a store.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater schema print --url postgresql://localhost/shop > store.sql",
            "  headwater schema check --url sqlite:events.db",
            "  headwater schema apply --url postgresql://owner@db/shop?namespace=orders"
        })
final class SchemaCommand extends GroupCommand {}
