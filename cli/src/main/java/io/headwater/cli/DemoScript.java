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

/** What the demonstration does, step by step. */
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
                "Each event is recognised by its id, so an import that was cut off is simply run again.");
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
                "Two clerks, one order",
                "Both have read " + ORDER + " at version " + seen + ", and both now write on that assumption.");
        append("Ann", seen, EventData.json("GiftWrapped", "{\"by\":\"ann\",\"paper\":\"blue\"}"));
        EventData address = EventData.json("AddressCorrected", "{\"by\":\"bo\",\"city\":\"Göteborg\"}");
        append("Bo", seen, address);
        long now = store.version(ORDER);
        text.line("Bo reads the order again, sees the gift wrap, and finds that his change still makes sense.");
        AppendResult done = append("Bo", now, address);
        text.line("The reply gets lost on its way, so Bo's program sends the very same append once more.");
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
                        ? "recognised as a repeat, nothing written twice"
                        : "written as version " + result.version()));
        return result;
    }

    private void readStream(AppendResult last) {
        text.step("Read one stream", "All that ever happened to " + last.stream() + ", in order.");
        text.events(store.readStream(last.stream()).events());
    }

    private void readCategory() {
        text.step(
                "Read a category",
                "The latest events of all loans, newest first, out of the one log that every event is in.");
        text.events(store.log(LogQuery.category("loan").backwards().limit(6)).toList());
    }

    private void suggestMore() {
        String command = System.getProperty("headwater.command", "headwater");
        String target = " --url " + ShellQuotes.quoted(url);
        text.step("Now you", "The events are still there. Copy a line and try:");
        text.command("the first orders that were paid", command + " log --type OrderPaid --limit 5" + target);
        text.command("what is in there", command + " categories" + target);
        text.command("how far the subscription is", command + " subscriptions" + target);
        text.command(
                "follow the orders; run it again, and it goes on where it was",
                command + " tail --name orders --category order --limit 5" + target);
        text.command(
                "write something yourself",
                command + " append order-2001 OrderPlaced '{\"total\":\"9.50\"}' --expect none" + target);
        text.command(
                "and take it all away with you",
                command + " export "
                        + ShellQuotes.quoted(
                                sample.resolveSibling("events.ndjson.gz").toString()) + target);
        text.command("everything else", command + " --help");
        text.end();
    }
}
