package io.headwater.cli;

import picocli.CommandLine.Command;

/** What is done with parked events. */
@Command(
        name = "parked",
        header = "List, replay or drop the events that a subscription parked.",
        description =
                "An event whose handler failed is parked if the subscription says so, and with it all later events of"
                        + " its stream, so that their order is kept. Other streams go on.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater subscriptions parked list billing",
            "  headwater subscriptions parked replay billing --stream order-1001",
            "  headwater subscriptions parked drop billing --yes"
        })
final class ParkedCommand extends GroupCommand {}
