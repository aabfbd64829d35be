package io.headwater.cli;

import io.headwater.EventStore;
import io.headwater.ParkedEvent;
import io.headwater.SubscriptionInfo;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.TextTable;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists parked events. */
@Command(
        name = "list",
        header = "List the events that a subscription parked, and why.",
        description =
                "Lists them by position. ATTEMPTS is how often the handler was called; 0 means that the event waits for"
                        + " an earlier one of its stream. REPLAY shows whether it is to be handled again.",
        footer = {
            "%nExamples:",
            "  headwater subscriptions parked list billing",
            "  headwater subscriptions parked list billing --json | jq -r .error"
        })
final class ParkedListCommand extends SubscriptionCommand {

    ParkedListCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, SubscriptionInfo subscription, Output out) {
        List<ParkedEvent> parked =
                store.subscriptions().parked(subscription.name()).toList();
        if (out.json()) {
            parked.forEach(event -> printJson(event, out));
        } else if (!parked.isEmpty()) {
            out.table(table(parked));
        }
        out.flush();
        shell().note(
                        parked.isEmpty()
                                ? quoted(subscription) + " has nothing parked"
                                : "have them handled again with 'headwater subscriptions parked replay', or remove them"
                                        + " with 'drop'");
        return ExitCode.OK;
    }

    private static void printJson(ParkedEvent event, Output out) {
        out.object(json -> {
            json.writeStringProperty("position", event.position().toString());
            json.writeStringProperty("stream", event.stream().value());
            json.writeNumberProperty("version", event.version());
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("error", event.error());
            json.writeNumberProperty("attempts", event.attempts());
            json.writeStringProperty("parkedAt", event.parkedAt().toString());
            json.writeBooleanProperty("replayRequested", event.replayRequested());
        });
    }

    private static TextTable table(List<ParkedEvent> parked) {
        TextTable table = new TextTable("POSITION", "EVENT", "TYPE", ">ATTEMPTS", "PARKED AT", "REPLAY", "ERROR");
        parked.forEach(event -> table.row(
                event.position().toString(),
                event.stream().value() + "@" + event.version(),
                event.type(),
                Figures.count(event.attempts()),
                event.parkedAt().toString(),
                event.replayRequested() ? "requested" : "-",
                event.error()));
        return table;
    }
}
