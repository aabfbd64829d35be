package io.headwater.cli;

import io.headwater.StoreSchema;
import java.util.List;
import picocli.CommandLine.Command;

/** Makes what is missing. */
@Command(
        name = "apply",
        header = "Make the tables, or the steps that are missing.",
        description = "All or nothing; and nothing when the tables are current. Prints the steps that were made.",
        footer = {"%nExamples:", "  headwater schema apply --url postgresql://owner@db/shop?namespace=orders"})
final class SchemaApplyCommand extends OnSchema {

    SchemaApplyCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(StoreSchema schema, Output out) {
        List<String> made = schema.apply();
        print(made, "applied", out);
        out.flush();
        shell().note(made.isEmpty() ? "the tables were current" : "the tables are current now");
        return ExitCode.OK;
    }
}
