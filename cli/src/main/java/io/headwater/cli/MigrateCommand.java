package io.headwater.cli;

import picocli.CommandLine.Command;

/** The group of commands that move a store. */
@Command(
        name = "migrate",
        header = "Copy a store into another, and compare the two.",
        description = {
            "Moves the events of any store into any other: each once, in the order of the log, with its id, type, data,"
                    + " metadata and version. What is hidden or tombstoned in the source is so in the target.",
            "",
            "'plan' compares what the two stores can do, names what would be lost, and writes a file. The other commands"
                    + " take that file. A copy can be stopped or killed at any moment: the same command goes on."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater migrate plan --name new --from sqlite:old.db --to sqlite:new.db --out new.json",
            "  headwater migrate copy new.json",
            "  headwater migrate verify new.json",
            "  headwater migrate status new.json"
        })
final class MigrateCommand extends GroupCommand {}
