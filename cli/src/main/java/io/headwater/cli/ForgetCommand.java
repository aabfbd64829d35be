package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.SubscriptionInfo;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Forgets a subscription. */
@Command(
        name = "forget",
        header = "Forget a subscription.",
        description =
                "Removes its checkpoint, its parked events and its audit from the store. A subscription of that name is"
                        + " then a new one. The events stay.",
        footer = {
            "%nExamples:",
            "  headwater subscriptions forget billing",
            "  headwater subscriptions forget billing --yes --json"
        })
final class ForgetCommand extends SubscriptionCommand {
    @Mixin
    private final Confirmation confirmation = new Confirmation();

    ForgetCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) throws IOException {
        confirmation.require(shell(), "forget", subscription.name(), "it is at " + subscription.position());
        store.subscriptions().forget(subscription.name());
        if (out.json()) {
            out.object(json -> json.writeStringProperty("forgotten", subscription.name()));
        } else {
            out.line(quoted(subscription) + " is forgotten");
        }
        subscription.holder().ifPresent(holder -> {
            out.flush();
            shell().note("it was run by %s, which now starts it from the beginning".formatted(holder));
        });
        return ExitCode.OK;
    }
}
