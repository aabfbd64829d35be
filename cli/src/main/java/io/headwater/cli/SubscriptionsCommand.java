package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.SubscriptionInfo;
import io.headwater.SubscriptionLag;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.TextTable;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the durable subscriptions. */
@Command(
        name = "subscriptions",
        header = "List durable subscriptions: checkpoint, lag, holder and parked events.",
        description = {
            "Lists the subscriptions that have a checkpoint in the store, those of 'headwater tail --name' and of other"
                    + " programs. LAG is the number of events behind the checkpoint, counted up to 10,000, and OLDEST"
                    + " how long ago the first of them was recorded. PARKED is the number of events that were put"
                    + " aside because their handler failed.",
        },
        footer = {
            "%nExamples:",
            "  headwater subscriptions",
            "  headwater subscriptions parked list billing",
            "  headwater subscriptions reset billing --from-beginning --url sqlite:events.db"
        })
final class SubscriptionsCommand extends StoreCommand {

    SubscriptionsCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        List<SubscriptionInfo> found = store.subscriptions().list();
        if (out.json()) {
            found.forEach(subscription -> printJson(subscription, out));
        } else if (!found.isEmpty()) {
            out.table(table(found));
        }
        out.flush();
        if (found.isEmpty()) {
            shell().note("there are no durable subscriptions: 'headwater tail --name NAME' begins one");
        }
        if (found.stream().anyMatch(subscription -> subscription.parked() > 0)) {
            shell().note("list parked events with 'headwater subscriptions parked list NAME'");
        }
        return ExitCode.OK;
    }

    private static void printJson(SubscriptionInfo subscription, Output out) {
        out.object(json -> {
            json.writeStringProperty("subscription", subscription.name());
            json.writeStringProperty("selection", subscription.selection());
            json.writeStringProperty("position", subscription.position().toString());
            json.writeStringProperty("savedAt", subscription.savedAt().toString());
            subscription.holder().ifPresent(holder -> json.writeStringProperty("holder", holder));
            json.writeNumberProperty("lagEvents", subscription.lag().events());
            json.writeBooleanProperty("lagIsAtLeast", subscription.lag().isAtLeast());
            json.writeNumberProperty("lagMillis", subscription.lag().age().toMillis());
            json.writeNumberProperty("parked", subscription.parked());
            json.writeBooleanProperty("audited", subscription.audited());
        });
    }

    private static TextTable table(List<SubscriptionInfo> found) {
        TextTable table = new TextTable("NAME", "STATE", "POSITION", ">LAG", ">OLDEST", ">PARKED", "OF", "RUN BY");
        found.forEach(subscription -> table.row(
                subscription.name(),
                subscription.holder().isPresent() ? "running" : "stopped",
                subscription.position().toString(),
                lag(subscription.lag()),
                subscription.lag().isNone()
                        ? "-"
                        : Figures.time(subscription.lag().age()),
                Figures.count(subscription.parked()),
                subscription.selection(),
                subscription.holder().orElse("-")));
        return table;
    }

    private static String lag(SubscriptionLag lag) {
        return Figures.count(lag.events()) + (lag.isAtLeast() ? "+" : "");
    }
}
