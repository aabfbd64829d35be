package io.headwater.cli;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.cli.ndjson.EventLineReader;
import io.headwater.cli.ndjson.LineReader;
import io.headwater.migration.DerivedIds;
import io.headwater.migration.ImportStopped;
import io.headwater.migration.Importer;
import io.headwater.migration.Rejects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The steps of the demonstration. */
final class DemoScript {
    private static final StreamId ORDER = StreamId.of("order", "1004");
    private static final int LONGEST_LINE = 1 << 20;

    private final EventStore store;
    private final DemoText text;
    private final String url;
    private final Path sample;

    DemoScript(EventStore store, DemoText text, String url, Path sample) {
        this.store = store;
        this.text = text;
        this.url = url;
        this.sample = sample;
    }

    void run() throws IOException {
        text.title("Headwater", "One API for event stores, any backend behind it.");
        importSample();
        importAgain();
        AppendResult last = collide();
        readStream(last);
        readCategory();
        new DemoSubscription(store, text, url).run();
        suggestMore();
    }

    private void importSample() throws IOException {
        text.step(
                "Import events from a file",
                "Customers, orders and loans, one JSON object a line, into " + what() + ".");
        Importer first = load();
        text.done("%s in %s streams".formatted(ImportSummary.brief(first.counts()), first.streams()));
    }

    private String what() {
        return store.backend().equals("sqlite") ? "a single SQLite file" : "the store '" + store.backend() + "'";
    }

    private void importAgain() throws IOException {
        text.step(
                "Import the same file again",
                "Each event is recognised by its id, so an interrupted import can simply be run again.");
        text.done(ImportSummary.brief(load().counts()));
    }

    private Importer load() throws IOException {
        try (InputStream in = Files.newInputStream(sample)) {
            Importer importer = new Importer(store, false, Rejects.stop(), counts -> {});
            importer.run(new EventLineReader(new LineReader(in, LONGEST_LINE), new DerivedIds("")));
            return importer;
        } catch (ImportStopped e) {
            throw new IllegalStateException("the sample is good", e);
        }
    }

    private AppendResult collide() {
        long seen = store.version(ORDER);
        text.step(
                "Two writers, one order",
                "Both have read " + ORDER + " at version " + seen
                        + ", and both now append with this expected version.");
        append("Ann", seen, EventData.json("GiftWrapped", "{\"by\":\"ann\",\"paper\":\"blue\"}"));
        EventData address = EventData.json("AddressCorrected", "{\"by\":\"bo\",\"city\":\"Göteborg\"}");
        append("Bo", seen, address);
        long now = store.version(ORDER);
        text.line("Bo reads the order again, sees the gift wrap, and appends his change after it.");
        AppendResult done = append("Bo", now, address);
        text.line("The reply is lost, so Bo's program sends the same append again.");
        append("Bo", now, address);
        return done;
    }

    private AppendResult append(String who, long expected, EventData event) {
        AppendOutcome outcome = store.tryAppend(AppendRequest.to(ORDER, ExpectedVersion.exactly(expected), event));
        String attempt = "%-4s%s, expecting version %s: ".formatted(who, event.type(), expected);
        if (outcome instanceof Conflict conflict) {
            text.refused(attempt + "refused, the stream is at "
                    + conflict.violations().get(0).actual());
            return new AppendResult(ORDER, expected, store.head(), false);
        }
        AppendResult result = ((Appended) outcome).first();
        text.done(attempt
                + (result.replayed()
                        ? "recognised as a repeat, nothing appended twice"
                        : "appended as version " + result.version()));
        return result;
    }

    private void readStream(AppendResult last) {
        text.step("Read one stream", "All events of " + last.stream() + ", in order.");
        text.events(store.readStream(last.stream()).events());
    }

    private void readCategory() {
        text.step("Read a category", "The latest events of all loans, newest first, from the log of all streams.");
        text.events(store.log(LogQuery.category("loan").backwards().limit(6)).toList());
    }

    private void suggestMore() {
        String command = System.getProperty("headwater.command", "headwater");
        String target = " --url " + ShellQuotes.quoted(url);
        text.step("Now you", "The events are still there. Commands to try:");
        text.command("the first orders that were paid", command + " log --type OrderPaid --limit 5" + target);
        text.command("what the store holds", command + " categories" + target);
        text.command("the state of the subscription", command + " subscriptions" + target);
        text.command(
                "follow the orders; run it again to continue where it ended",
                command + " tail --name orders --category order --limit 5" + target);
        text.command(
                "append an event",
                command + " append order-2001 OrderPlaced '{\"total\":\"9.50\"}' --expect none" + target);
        text.command(
                "and export all events",
                command + " export "
                        + ShellQuotes.quoted(
                                sample.resolveSibling("events.ndjson.gz").toString()) + target);
        text.command("everything else", command + " --help");
        text.end();
    }
}
