package io.headwater.internal.subscription;

import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.Subscription;
import io.headwater.SubscriptionLag;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.log.LagMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription that an application opened. */
final class RunningSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(RunningSubscription.class);

    /** The time that a handler has to end after it was interrupted, and that the last checkpoint has to be saved. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final SubscriptionOptions options;
    private final SubscriptionContext subscription;
    private final String title;
    private final SubscriptionStatus status;
    private final Dispatcher dispatcher;

    RunningSubscription(Function<Subscription, SubscriptionContext> parts, Consumer<RunningSubscription> ended) {
        subscription = parts.apply(this);
        options = subscription.options();
        title = subscription.title();
        status = subscription.status();
        dispatcher = new Dispatcher(subscription, () -> {
            subscription.lease().end();
            ended.accept(this);
        });
        subscription.lease().onChange(dispatcher::signal);
    }

    void start() {
        subscription.engine().observation().started(this);
        dispatcher.signal();
    }

    @Override
    public Optional<String> name() {
        return options.name();
    }

    @Override
    public SubscriptionState state() {
        return status.state();
    }

    @Override
    public Position position() {
        return status.position();
    }

    @Override
    public SubscriptionLag lag() {
        return LagMeter.measure(subscription.source(), position());
    }

    @Override
    public boolean awaitPosition(Position position, Duration timeout) {
        if (position == null || timeout == null) {
            throw new InvalidRequest("position or timeout is null");
        }
        return status.await(() -> status.reaches(position), timeout);
    }

    @Override
    public boolean awaitLive(Duration timeout) {
        if (timeout == null) {
            throw new InvalidRequest("timeout is null");
        }
        return status.await(() -> status.state() == SubscriptionState.LIVE, timeout);
    }

    @Override
    public boolean awaitClosed(Duration timeout) {
        if (timeout == null) {
            throw new InvalidRequest("timeout is null");
        }
        if (dispatcher.isInsideHandler() || status.isTelling()) {
            throw new InvalidRequest(
                    "%s waits for its own end in its handler or listener: wait in another thread".formatted(title));
        }
        return status.await(() -> status.state() == SubscriptionState.CLOSED, timeout);
    }

    /** Such as {@code Subscription['billing', LIVE at 0000000000000012, EventStore[sqlite:shop.db, open]]}. */
    @Override
    public String toString() {
        String name = options.name().map(text -> "'" + text + "'").orElse("ephemeral");
        return "Subscription[%s, %s at %s, %s]"
                .formatted(name, state(), position(), subscription.engine().store());
    }

    @Override
    public void pause() {
        dispatcher.ask(Intent::pause);
    }

    @Override
    public void resume() {
        dispatcher.ask(Intent::resume);
    }

    @Override
    public CompletionStage<Void> completion() {
        return status.completion().minimalCompletionStage();
    }

    void lookForReplays() {
        dispatcher.lookForReplays();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        dispatcher.ask(Intent::close);
        return completion();
    }

    /** Begins to close the subscription. Does not wait for the handler if the handler itself is the caller. */
    void beginToCloseWithStore() {
        if (dispatcher.isInsideHandler()) {
            dispatcher.ask(Intent::abandon);
        } else {
            dispatcher.ask(Intent::close);
        }
    }

    @Override
    public void close() {
        dispatcher.ask(Intent::close);
        if (!dispatcher.isInsideHandler()) {
            awaitEnd();
        }
    }

    /**
     * Waits for a close that has begun: first for the handler to return, then after interrupting the handler, and at last without
     * waiting for it.
     */
    void awaitEnd() {
        if (isEndingIt() || isOver(options.closeTimeout())) {
            return;
        }
        dispatcher.interruptHandlers();
        if (isOver(GRACE)) {
            return;
        }
        LOG.warn("the handler of {} did not return after it was interrupted, and is abandoned", title);
        dispatcher.ask(Intent::abandon);
        isOver(GRACE);
    }

    /** Returns whether the caller is a listener that the ending subscription has called, and would wait for itself. */
    private boolean isEndingIt() {
        return status.isTelling() && !dispatcher.isInsideHandler();
    }

    /**
     * Returns whether the subscription ended within this time. A caller that is interrupted waits no longer, and keeps its
     * interrupt flag.
     */
    private boolean isOver(Duration patience) {
        boolean interrupted = Thread.interrupted();
        try {
            status.completion().get(interrupted ? 0 : patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CompletionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
