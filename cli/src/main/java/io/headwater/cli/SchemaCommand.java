package io.headwater.cli;

import picocli.CommandLine.Command;

/** The tables of a store, apart from opening it. */
@Command(
        name = "schema",
        header = "Print, check or make the tables of a store.",
        description =
                "For databases whose tables are made by somebody else than the programs that use them: an administrator, or a"
                        + " migration tool. The programs then open the store with schema=validate. Stores of backends that keep"
                        + " their data in files of their own have nothing to make.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater schema print --url postgresql://localhost/shop > store.sql",
            "  headwater schema check --url postgresql://app@db/shop",
            "  headwater schema apply --url postgresql://owner@db/shop?namespace=orders"
        })
final class SchemaCommand extends GroupCommand {}
