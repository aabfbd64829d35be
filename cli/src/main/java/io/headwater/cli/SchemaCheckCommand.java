package io.headwater.cli;

import io.headwater.StoreSchema;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the missing steps. */
@Command(
        name = "check",
        header = "List the steps that are missing for this version.",
        description = "Changes nothing. Ends with 0 when the tables are current, and with 1 when steps are missing.",
        footer = {"%nExamples:", "  headwater schema check --url postgresql://app@db/shop"})
final class SchemaCheckCommand extends OnSchema {

    SchemaCheckCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(StoreSchema schema, Output out) {
        List<String> missing = schema.missing();
        print(missing, "missing", out);
        out.flush();
        shell().note(
                        missing.isEmpty()
                                ? "the tables are current"
                                : "steps are missing: apply them with 'headwater schema apply'"
                                        + effect(schema)
                                                .map(effect -> "; " + effect)
                                                .orElse(""));
        return missing.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
