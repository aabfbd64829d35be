package io.headwater.cli;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.cli.text.Figures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of the demonstration in which a program that follows events ends and is started again. */
final class DemoSubscription {
    static final String NAME = "demo-mailer";

    private static final StreamId LOAN = StreamId.of("loan", "3001");
    private static final int BEFORE = 7;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final EventStore store;
    private final DemoText text;
    private final String url;
    private final List<RecordedEvent> handled = new CopyOnWriteArrayList<>();

    DemoSubscription(EventStore store, DemoText text, String url) {
        this.store = store;
        this.text = text;
        this.url = url;
    }

    void run() {
        text.step(
                "Follow events, through a restart",
                "A program sends a mail for each event of a loan. The store keeps its checkpoint under the name '"
                        + NAME + "'.");
        store.subscriptions().forget(NAME);
        handleSome(store);
        text.done("handled %s events, the last was %s. Then the program ends".formatted(BEFORE, place(BEFORE - 1)));
        store.append(LOAN, ExpectedVersion.any(), EventData.json("LoanRequested", "{\"by\":\"cleo\",\"amount\":900}"));
        text.line("While it is down, another loan is requested.");
        if (isLostWithItsLastStore()) {
            handleRest(store);
        } else {
            try (EventStore again = EventStores.open(url)) {
                handleRest(again);
            }
        }
    }

    private boolean isLostWithItsLastStore() {
        return store.backend().equals("memory");
    }

    private static SubscriptionOptions options() {
        return SubscriptionOptions.durable(NAME).category("loan").audited();
    }

    /** Closes the subscription from within the handler, which ends it after that event. */
    private void handleSome(EventStore opened) {
        CompletableFuture<Subscription> running = new CompletableFuture<>();
        Subscription subscription = opened.subscribe(options(), event -> {
            handled.add(event);
            if (handled.size() == BEFORE) {
                running.join().closeAsync();
            }
        });
        running.complete(subscription);
        subscription.completion().toCompletableFuture().join();
    }

    private void handleRest(EventStore opened) {
        try (Subscription subscription = opened.subscribe(options(), handled::add)) {
            if (!subscription.awaitLive(DEADLINE)) {
                throw new Failure(ExitCode.UNAVAILABLE, "the subscription did not handle all events within 30 seconds");
            }
        }
        text.done("started again, it continues with %s and handles the new one, %s"
                .formatted(place(BEFORE), place(handled.size() - 1)));
        boolean clean = opened.subscriptions().audit(NAME).isClean();
        String all = Figures.count(handled.size(), "event");
        if (clean) {
            text.done(all + " handled, each exactly once, as the store's audit confirms");
        } else {
            text.refused(all + " handled, and the store's audit reports an error");
        }
    }

    private String place(int index) {
        RecordedEvent event = handled.get(index);
        return event.stream() + "@" + event.version();
    }
}
