package io.headwater.cli;

import io.headwater.DeliveryAudit;
import io.headwater.DeliveryAudit.Finding;
import io.headwater.DeliveryAudit.Kind;
import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogQuery;
import io.headwater.RecordedEvent;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import io.headwater.cli.text.TextTable;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Verifies from the store that a subscription handled every event exactly once. */
@Command(
        name = "audit",
        header = "Verify from the store that a subscription handled every event exactly once.",
        description = {
            "Computes from the log what an audited subscription should have handled up to its checkpoint, and compares"
                    + " that with the digest that was written while it ran. Lists each event that is missing or was"
                    + " handled twice; if they are too many, it lists the part of the log. Reads the whole audited"
                    + " part of the log.",
            "",
            "Events that were delivered again after a crash, because they are behind the last checkpoint, are not"
                    + " reported as repeated. Exit code 6 means that something is wrong, or that a part was not"
                    + " audited."
        },
        footer = {
            "%nExamples:",
            "  headwater tail --name billing --audited           # runs it with an audit",
            "  headwater audit --name billing",
            "  headwater audit --name billing --json | jq '.findings[].position'"
        })
final class AuditCommand extends StoreCommand {
    @Option(names = "--name", paramLabel = "NAME", required = true, description = "The subscription's name.")
    private @Nullable String name;

    AuditCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        String wanted = Arguments.given(name);
        SubscriptionCommand.find(store, wanted);
        DeliveryAudit audit = audit(store, wanted);
        if (out.json()) {
            out.object(json -> writeJson(audit, store, json));
        } else {
            print(audit, store, out);
        }
        return audit.isClean() ? ExitCode.OK : ExitCode.FINDINGS;
    }

    private static DeliveryAudit audit(EventStore store, String name) {
        try {
            return store.subscriptions().audit(name);
        } catch (InvalidRequest e) {
            throw new Failure(
                    ExitCode.REFUSED,
                    e.getMessage() + "; in this command that is 'headwater tail --name … --audited'",
                    e);
        }
    }

    private static void print(DeliveryAudit audit, EventStore store, Output out) {
        out.line("'%s', from after %s up to %s".formatted(Printable.of(audit.name()), audit.after(), audit.upTo()));
        out.line("%s handled%s"
                .formatted(
                        Figures.count(audit.handled(), "event"),
                        audit.skipped() == 0
                                ? ""
                                : ", of which %s skipped or parked".formatted(Figures.count(audit.skipped()))));
        if (audit.isClean()) {
            out.line(out.paint().green("✓") + " every event once, none missing");
            return;
        }
        out.table(table(audit, store));
        out.line(out.paint().yellow("✗") + " " + Figures.count(audit.findings().size(), "finding"));
    }

    private static TextTable table(DeliveryAudit audit, EventStore store) {
        TextTable table = new TextTable("FINDING", "POSITION", "EVENT", "TYPE", "ID");
        for (Finding finding : audit.findings()) {
            Optional<RecordedEvent> event = event(finding, store);
            table.row(
                    words(finding.kind()),
                    event.isPresent() ? finding.upTo().toString() : finding.after() + "–" + finding.upTo(),
                    event.map(found -> found.stream() + "@" + found.version()).orElse(finding.detail()),
                    event.map(RecordedEvent::type).orElse(""),
                    event.map(found -> found.id().toString()).orElse(""));
        }
        return table;
    }

    private static void writeJson(DeliveryAudit audit, EventStore store, JsonGenerator json) {
        json.writeStringProperty("subscription", audit.name());
        json.writeStringProperty("after", audit.after().toString());
        json.writeStringProperty("upTo", audit.upTo().toString());
        json.writeNumberProperty("handled", audit.handled());
        json.writeNumberProperty("skipped", audit.skipped());
        json.writeBooleanProperty("clean", audit.isClean());
        json.writeArrayPropertyStart("findings");
        audit.findings().forEach(finding -> writeJson(finding, event(finding, store), json));
        json.writeEndArray();
    }

    private static void writeJson(Finding finding, Optional<RecordedEvent> event, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("finding", words(finding.kind()));
        json.writeStringProperty("after", finding.after().toString());
        json.writeStringProperty("upTo", finding.upTo().toString());
        event.ifPresent(found -> {
            json.writeStringProperty("position", found.position().toString());
            json.writeStringProperty("stream", found.stream().value());
            json.writeNumberProperty("version", found.version());
            json.writeStringProperty("type", found.type());
            json.writeStringProperty("id", found.id().toString());
        });
        json.writeStringProperty("detail", finding.detail());
        json.writeEndObject();
    }

    /** The event that the finding is about, if it is about a single event that the store holds. */
    private static Optional<RecordedEvent> event(Finding finding, EventStore store) {
        return finding.kind() != Kind.MISSING && finding.kind() != Kind.REPEATED
                ? Optional.empty()
                : store.readLog(LogQuery.all().after(finding.after()).limit(1)).events().stream()
                        .filter(found -> found.position().equals(finding.upTo()))
                        .findFirst();
    }

    private static String words(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
