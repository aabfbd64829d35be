package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;
import static io.headwater.verification.mutants.BrokenHandling.first;
import static io.headwater.verification.mutants.BrokenHandling.only;
import static io.headwater.verification.mutants.BrokenHandling.telling;
import static io.headwater.verification.mutants.BrokenHandling.twice;
import static io.headwater.verification.mutants.Mutant.ofHandler;
import static io.headwater.verification.mutants.Mutant.ofOptions;
import static io.headwater.verification.mutants.Mutant.ofReadLog;
import static io.headwater.verification.mutants.Mutant.ofSubscribe;
import static java.util.function.Predicate.not;

import io.headwater.AsyncBatchHandler;
import io.headwater.EventStore;
import io.headwater.FailurePolicy;
import io.headwater.LogFilter;
import io.headwater.LogPage;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionStart.After;
import io.headwater.SubscriptionStart.AfterVersion;
import io.headwater.SubscriptionStart.AtTime;
import io.headwater.SubscriptionStart.Now;
import io.headwater.spi.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Subscriptions that handle the wrong events: others, too few, too many (S1). */
final class SelectionMutants {
    static final List<Mutant> ALL = List.of(
            ofHandler(
                    "the first event is left out",
                    handler -> only(not(first()), handler),
                    "S1.1",
                    "S1.3",
                    "S1.4",
                    "S1.5",
                    "S1.7",
                    "S1.17",
                    "S1.18",
                    "S1.19",
                    "S1.24"),
            ofOptions(
                    "a category is taken for a prefix",
                    options -> options.filter().categories().stream()
                            .findFirst()
                            .map(options::streamPrefix)
                            .orElse(options),
                    "S1.2"),
            ofOptions(
                    "of several categories only one is subscribed to",
                    options -> options.filter().categories().stream()
                            .max(String::compareTo)
                            .map(options::category)
                            .orElse(options),
                    "S1.3"),
            ofOptions(
                    "a stream is taken for its category",
                    options -> options.stream()
                            .flatMap(StreamId::category)
                            .map(options::category)
                            .orElse(options),
                    "S1.4",
                    "S1.14",
                    "S3.12"),
            ofOptions(
                    "a prefix is taken for a pattern",
                    options -> {
                        String prefix = options.filter().streamPrefix();
                        return prefix.contains("%")
                                ? options.streamPrefix(prefix.substring(0, prefix.indexOf('%')))
                                : options;
                    },
                    "S1.5"),
            ofOptions("types that are subscribed to are ignored", SelectionMutants::untyped, "S1.6", "S1.7"),
            ofSubscribe("types are looked at in history only", SelectionMutants::typedInHistory, "S1.6"),
            ofOptions(
                    "the event at the position to start after is handled",
                    options -> options.start() instanceof After after
                            ? options.after(Positions.of(Positions.number(after.position()) - 1))
                            : options,
                    "S1.8",
                    "S1.9"),
            ofOptions(
                    "the event of the version to start after is handled",
                    options -> options.start() instanceof AfterVersion after
                            ? options.afterVersion(after.version() - 1)
                            : options,
                    "S1.10"),
            ofSubscribe(
                    "the first event after a given start is left out",
                    (store, options, handler) -> store.subscribeAsync(
                            options,
                            options.start() instanceof After || options.start() instanceof AfterVersion
                                    ? only(not(first()), handler)
                                    : handler),
                    "S1.8",
                    "S1.9",
                    "S1.10"),
            ofOptions(
                    "now is the beginning",
                    options -> options.start() instanceof Now ? options.fromBeginning() : options,
                    "S1.11"),
            ofSubscribe("now is when the end of the log is reached", SelectionMutants::startingLate, "S1.12"),
            ofOptions(
                    "a start at a time is late",
                    options -> options.start() instanceof AtTime at
                            ? options.fromTime(at.time().plus(Duration.ofDays(1)))
                            : options,
                    "S1.13"),
            ofSubscribe(
                    "a position moves with events that are handled only",
                    SelectionMutants::standing,
                    "S1.15",
                    "S2.6",
                    "G8.4"),
            ofOptions(
                    "options that contradict each other are mended",
                    options -> options.name().isPresent()
                            ? options
                            : options.onFailure(FailurePolicy.stop()).fromBeginning(),
                    "S1.16"),
            ofSubscribe(
                    "the first event after history is left out",
                    (store, options, handler) -> live(store, options, handler, SelectionMutants::without),
                    "S1.17",
                    "S1.18",
                    "S1.19",
                    "S1.20",
                    "S1.21",
                    "S1.22",
                    "S1.23"),
            ofSubscribe(
                    "the first event after history is handled twice",
                    (store, options, handler) -> live(store, options, handler, BrokenHandling::twice),
                    "S1.17",
                    "S1.18",
                    "S1.19",
                    "S1.20",
                    "S1.21",
                    "S1.22",
                    "S1.23"),
            ofReadLog(
                    "the last event of a page is lost, when more follow",
                    (backend, from, direction, filter, limit) -> {
                        LogPage page = backend.readLog(from, direction, filter, limit);
                        int last = page.events().size() - 1;
                        return page.more() && last > 0
                                ? new LogPage(page.events().subList(0, last), page.scannedTo(), true)
                                : page;
                    },
                    "G6.4",
                    "G6.15",
                    "S1.19"),
            ofOptions(
                    "batches are larger than asked for",
                    options -> options.batchSize() > 1 ? options.batchSize(1000) : options,
                    "S1.24"),
            ofHandler("the first event is handled twice", handler -> twice(first(), handler), "S1.1", "S1.26"));

    private SelectionMutants() {}

    /** What is done to the events that this holds for. */
    private interface Treatment {
        AsyncBatchHandler of(Predicate<RecordedEvent> which, AsyncBatchHandler handler);
    }

    private static AsyncBatchHandler without(Predicate<RecordedEvent> which, AsyncBatchHandler handler) {
        return only(not(which), handler);
    }

    private static SubscriptionOptions untyped(SubscriptionOptions options) {
        LogFilter filter = options.filter();
        LogFilter untyped = new LogFilter(filter.categories(), Set.of(), filter.streamPrefix());
        return options.stream()
                .map(stream -> options.filter(untyped).stream(stream))
                .orElseGet(() -> options.filter(untyped));
    }

    private static Subscription typedInHistory(
            EventStore store, SubscriptionOptions options, AsyncBatchHandler handler) {
        Position head = store.head();
        Predicate<RecordedEvent> live = event -> event.position().isAfter(head);
        return store.subscribeAsync(untyped(options), only(live.or(options.filter()::accepts), handler));
    }

    private static Subscription startingLate(EventStore store, SubscriptionOptions options, AsyncBatchHandler handler) {
        AtomicBoolean live = new AtomicBoolean();
        SubscriptionOptions telling = telling(options.after(Position.START), end -> live.set(true));
        return store.subscribeAsync(telling, only(event -> live.get(), handler));
    }

    private static Subscription standing(EventStore store, SubscriptionOptions options, AsyncBatchHandler handler) {
        AtomicReference<Position> last = new AtomicReference<>(Position.START);
        Subscription sound = store.subscribeAsync(options, events -> {
            last.set(events.get(events.size() - 1).position());
            return handler.handle(events);
        });
        Subscription standing = altered(Subscription.class, sound, "position", args -> last.get());
        return altered(
                Subscription.class, standing, "awaitPosition", args -> !((Position) args[0]).isAfter(last.get()));
    }

    /** The first event after the end of the log was reached is treated like this. */
    private static Subscription live(
            EventStore store, SubscriptionOptions options, AsyncBatchHandler handler, Treatment treatment) {
        AtomicBoolean next = new AtomicBoolean();
        return store.subscribeAsync(
                telling(options, end -> next.set(true)), treatment.of(event -> next.getAndSet(false), handler));
    }
}
