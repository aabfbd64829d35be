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
        header = "Set a subscription's checkpoint to another position.",
        description = {
            "Sets the checkpoint. The subscription then handles the events behind it, now or when it runs next, also"
                    + " those that were handled before; events up to it are not handled. Its parked events and its"
                    + " audit are removed, and it may continue with another selection of events."
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
                            subscription.holder().isPresent() ? "it continues at once" : "its next run continues",
                            position));
        }
        return ExitCode.OK;
    }
}
