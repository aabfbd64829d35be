package io.headwater.cli;

import picocli.CommandLine.Command;

/** The group of commands for parked events. */
@Command(
        name = "parked",
        header = "List, replay or drop the events that a subscription parked.",
        description =
                "An event whose handler failed is parked if the subscription is configured so, and with it all later"
                        + " events of its stream, so that their order is kept. Other streams are not affected.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "%nExamples:",
            "  headwater subscriptions parked list billing",
            "  headwater subscriptions parked replay billing --stream order-1001",
            "  headwater subscriptions parked drop billing --yes"
        })
final class ParkedCommand extends GroupCommand {}
