package io.headwater.cli;

import picocli.CommandLine.Command;

/** The group of commands for the TCK. */
@Command(
        name = "tck",
        header = "Check that a store keeps the contract, and compare reports.",
        description = "The TCK runs the rules of the contract against a store of any backend.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater tck run --url sqlite:tck.db --report-dir report",
            "  headwater tck rules --group append",
            "  headwater tck diff before.json after.json",
            "  headwater tck fuzz --url sqlite:tck.db",
            "  headwater tck compare --url memory:one --with sqlite:tck.db"
        })
final class TckCommand extends GroupCommand {}
