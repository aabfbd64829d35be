package io.headwater.tck.catalogue.support;

import io.headwater.AsyncBatchHandler;
import io.headwater.BatchHandler;
import io.headwater.EventHandler;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A subscription of a rule, and what its handler was given, in this order. Waits end when the subscription does. */
public final class Follower {
    private final RuleContext rule;
    private final List<RecordedEvent> begun = Collections.synchronizedList(new ArrayList<>());
    private final List<RecordedEvent> handled = Collections.synchronizedList(new ArrayList<>());
    private final Subscription subscription;

    private Follower(RuleContext rule, Function<Follower, Subscription> start) {
        this.rule = rule;
        this.subscription = start.apply(this);
    }

    public static Follower of(RuleContext rule, SubscriptionOptions options) {
        return of(rule, options, event -> {});
    }

    public static Follower of(RuleContext rule, EventStore store, SubscriptionOptions options) {
        return of(rule, store, options, event -> {});
    }

    /** An event counts as handled when this has returned. */
    public static Follower of(RuleContext rule, SubscriptionOptions options, EventHandler handler) {
        return of(rule, rule.store(), options, handler);
    }

    public static Follower of(RuleContext rule, EventStore store, SubscriptionOptions options, EventHandler handler) {
        return new Follower(
                rule,
                follower -> store.subscribe(options, event -> {
                    follower.begun.add(event);
                    handler.handle(event);
                    follower.handled.add(event);
                }));
    }

    public static Follower ofBatches(RuleContext rule, SubscriptionOptions options, BatchHandler handler) {
        return new Follower(
                rule,
                follower -> rule.store().subscribeBatches(options, events -> {
                    follower.begun.addAll(events);
                    handler.handle(events);
                    follower.handled.addAll(events);
                }));
    }

    public static Follower ofStages(RuleContext rule, SubscriptionOptions options, AsyncBatchHandler handler) {
        return new Follower(
                rule,
                follower -> rule.store().subscribeAsync(options, events -> {
                    follower.begun.addAll(events);
                    return handler.handle(events).thenRun(() -> follower.handled.addAll(events));
                }));
    }

    public Subscription subscription() {
        return subscription;
    }

    /** What the handler was called for; an event stands here once for each call. */
    public List<RecordedEvent> begun() {
        synchronized (begun) {
            return List.copyOf(begun);
        }
    }

    /** What the handler returned from. */
    public List<RecordedEvent> handled() {
        synchronized (handled) {
            return List.copyOf(handled);
        }
    }

    /** Waits until the event at this position is handled. */
    public void reaches(Position marker) {
        waitFor(
                "the event at " + marker + " is handled",
                () -> handled().stream().anyMatch(event -> event.position().equals(marker)));
    }

    /** Waits until everything up to here is handled, skipped or parked, as the subscription says. */
    public void passes(Position marker) {
        waitFor("the subscription has come to " + marker, () -> !marker.isAfter(subscription.position()));
    }

    public void enters(SubscriptionState state) {
        waitFor("the subscription is " + state, () -> subscription.state() == state);
    }

    /** Waits until the handler was called this many times. */
    public void begins(int calls) {
        waitFor("the handler was called " + calls + " times", () -> begun().size() >= calls);
    }

    /** Waits; fails at once when the subscription ends before. */
    public void waitFor(String what, BooleanSupplier holds) {
        rule.eventually(what, () -> holds.getAsBoolean() || isOver());
        Expect.that(
                holds.getAsBoolean(),
                "expected that %s, but the subscription is over: %s"
                        .formatted(what, end().map(Throwable::toString).orElse("closed")));
    }

    private boolean isOver() {
        return subscription.completion().toCompletableFuture().isDone();
    }

    private Optional<Throwable> end() {
        return subscription
                .completion()
                .handle((closed, failure) -> Optional.ofNullable(reason(failure)))
                .toCompletableFuture()
                .getNow(Optional.empty());
    }

    /** Who has, will not fail for anything that the rule did before. */
    private boolean hasPassedAll() {
        Position last = rule.appendedTo();
        return last.isAfter(Position.START) && !last.isAfter(subscription.position());
    }

    /** A stage that follows another is told of its failure as a cause. */
    private static @Nullable Throwable reason(@Nullable Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    /** Waits for the end of the subscription, and fails unless this was the reason. */
    public <X extends Throwable> X failsWith(Class<X> expected) {
        rule.eventually("the subscription ends", () -> isOver() || hasPassedAll());
        Expect.that(
                isOver(), "the subscription goes on, where it was expected to end with " + expected.getSimpleName());
        Optional<Throwable> reason = end();
        return reason.filter(expected::isInstance)
                .map(expected::cast)
                .orElseThrow(() -> new AssertionError("end of the subscription: expected %s, was %s"
                        .formatted(
                                expected.getSimpleName(),
                                reason.map(Object::toString).orElse("normal"))));
    }

    /** Fails unless exactly these were handled, in this order, each as the log has it (G9). */
    public void handledExactly(List<RecordedEvent> expected) {
        List<RecordedEvent> actual = handled();
        Expect.equal("events handled", names(expected), names(actual));
        Expect.equal("events handled, with all they hold", expected, actual);
    }

    /** Waits for the end of the subscription, however far it has come, and fails unless this was the reason. */
    public void endsWith(Class<? extends Throwable> expected) {
        rule.eventually("the subscription ends", this::isOver);
        Optional<Throwable> reason = end();
        Expect.that(
                reason.filter(expected::isInstance).isPresent(),
                "end of the subscription: expected %s, was %s"
                        .formatted(
                                expected.getSimpleName(),
                                reason.map(Object::toString).orElse("normal")));
    }

    /** For people: stream and version of each. */
    public static List<String> names(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.stream() + "@" + event.version())
                .toList();
    }
}
