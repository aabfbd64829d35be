package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.Subscriptions;
import io.headwater.cli.text.Figures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Requests that parked events are handled again. */
@Command(
        name = "replay",
        header = "Have parked events handled again.",
        description =
                "The process that runs the subscription, now or later, handles them again, in order. An event that"
                        + " fails again stays parked, with the later events of its stream.",
        footer = {
            "%nExamples:",
            "  headwater subscriptions parked replay billing",
            "  headwater subscriptions parked replay billing --stream order-1001"
        })
final class ParkedReplayCommand extends SubscriptionCommand {
    @Option(names = "--stream", paramLabel = "STREAM", description = "Only the events of this stream. Default: all.")
    private @Nullable StreamId stream;

    ParkedReplayCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) {
        Subscriptions all = store.subscriptions();
        long events = stream == null ? all.replay(subscription.name()) : all.replay(subscription.name(), stream);
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("subscription", subscription.name());
                json.writeNumberProperty("replayed", events);
            });
        } else {
            out.line("%s of %s to be handled again".formatted(Figures.count(events, "event"), quoted(subscription)));
        }
        if (events > 0 && subscription.holder().isEmpty()) {
            out.flush();
            shell().note("no process runs it now: they are handled when its program runs again");
        }
        return ExitCode.OK;
    }
}
