package io.headwater.cli;

import io.headwater.CommitPositions;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.SubscriptionInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "  headwater subscriptions reset billing --after 00000000000186a1 --yes",
            "  headwater subscriptions reset billing --at-commit 4711 --url esdb://localhost:2113"
        })
final class ResetCommand extends SubscriptionCommand {
    @Mixin
    private final StartOptions target = new StartOptions();

    @Option(
            names = "--at-commit",
            paramLabel = "NUMBER",
            description =
                    "Begin after the record at this commit position, as the tools of the server show it; for stores on"
                            + " EventStoreDB and KurrentDB.")
    private @Nullable Long commit;

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
        if (commit == null) {
            target.checkGiven();
        } else if (target.start().isPresent()) {
            throw new Failure(ExitCode.USAGE, "--at-commit is a position of its own: use it alone");
        }
    }

    @Override
    ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) throws IOException {
        Position position = commit == null ? target.locate(store) : located(store, commit);
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

    private static Position located(EventStore store, long commit) {
        return store.facet(CommitPositions.class)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "this store has no commit positions: use --after with a position as Headwater prints it"))
                .at(commit);
    }
}
