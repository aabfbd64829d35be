package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.ParkedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.Subscriptions;
import io.headwater.cli.text.Figures;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Drops parked events. */
@Command(
        name = "drop",
        header = "Drop parked events: they are never handled.",
        description =
                "Later events of their streams are handled again when they are appended. The events stay in the store.",
        footer = {
            "%nExamples:",
            "  headwater subscriptions parked drop billing",
            "  headwater subscriptions parked drop billing --stream order-1001 --yes"
        })
final class ParkedDropCommand extends SubscriptionCommand {
    @Option(names = "--stream", paramLabel = "STREAM", description = "Only the events of this stream. Default: all.")
    private @Nullable StreamId stream;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    ParkedDropCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) throws IOException {
        Subscriptions all = store.subscriptions();
        long chosen = count(all.parked(subscription.name()));
        if (chosen > 0) {
            confirmation.require(
                    shell(),
                    "drop",
                    subscription.name(),
                    Figures.count(chosen, "parked event") + ", never to be handled");
        }
        long events = chosen == 0
                ? 0
                : stream == null ? all.drop(subscription.name()) : all.drop(subscription.name(), stream);
        if (out.json()) {
            out.object(json -> {
                json.writeStringProperty("subscription", subscription.name());
                json.writeNumberProperty("dropped", events);
            });
        } else {
            out.line("%s of %s dropped".formatted(Figures.count(events, "parked event"), quoted(subscription)));
        }
        return ExitCode.OK;
    }

    private long count(Stream<ParkedEvent> parked) {
        return parked.filter(event -> stream == null || event.stream().equals(stream))
                .count();
    }
}
