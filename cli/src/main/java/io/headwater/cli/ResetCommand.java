package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.SubscriptionInfo;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sets a subscription's checkpoint. */
@Command(
        name = "reset",
        header = "Set a subscription back, or forth.",
        description = {
            "Sets the checkpoint. Whoever runs the subscription, now or later, handles what lies behind it, again if it was"
                    + " handled before; what lies before it is not handled. What was parked and audited is forgotten, and it"
                    + " may go on with another selection of events."
        },
        footer = {
            "%nExamples:",
            "  headwater subscriptions reset billing --from-beginning",
            "  headwater subscriptions reset billing --after 00000000000186a1 --yes"
        })
final class ResetCommand extends SubscriptionCommand {
    @Mixin
    private final StartOptions target = new StartOptions();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    ResetCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    void check() {
        target.checkGiven();
    }

    @Override
    ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) throws IOException {
        Position position = target.locate(store);
        confirmation.require(
                shell(), "reset", subscription.name(), "from %s to %s".formatted(subscription.position(), position));
        store.subscriptions().reset(subscription.name(), position);
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("reset", subscription.name());
                json.writeStringProperty("position", position.toString());
            });
        } else {
            out.line("%s was reset; %s after %s"
                    .formatted(
                            quoted(subscription),
                            subscription.holder().isPresent() ? "it goes on at once" : "its next run goes on",
                            position));
        }
        return ExitCode.OK;
    }
}
