package io.headwater.internal.subscription;

import io.headwater.AsyncBatchHandler;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.Subscription;
import io.headwater.SubscriptionLag;
import io.headwater.SubscriptionOptions;
import io.headwater.SubscriptionState;
import io.headwater.internal.subscription.lease.SubscriptionLease;
import io.headwater.internal.subscription.log.EventSource;
import io.headwater.internal.subscription.log.LagMeter;
import io.headwater.internal.subscription.log.Selection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A subscription as its user sees it. */
final class RunningSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(RunningSubscription.class);

    /** For a handler to end once it is interrupted, and for the last checkpoint to be saved. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final SubscriptionOptions options;
    private final EngineContext context;
    private final String title;
    private final SubscriptionStatus status;
    private final Dispatcher driver;

    RunningSubscription(
            SubscriptionOptions options,
            AsyncBatchHandler handler,
            EngineContext context,
            SubscriptionLease lease,
            Consumer<RunningSubscription> ended) {
        this.options = options;
        this.context = context;
        title = options.name().map(name -> "subscription '" + name + "'").orElse("an ephemeral subscription");
        status = new SubscriptionStatus(title, context.observation().of(this, options.listener()));
        EventSource source = Selection.of(options).source(context.store());
        driver = new Dispatcher(title, options, handler, context, source, lease, status, () -> {
            lease.end();
            ended.accept(this);
        });
        lease.onChange(driver::signal);
    }

    void start() {
        context.observation().started(this);
        driver.signal();
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
        return LagMeter.measure(Selection.of(options).source(context.store()), position());
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
        if (driver.isInsideHandler() || status.isTelling()) {
            throw new InvalidRequest(
                    "%s waits for its own end in its handler or listener: wait in another thread".formatted(title));
        }
        return status.await(() -> status.state() == SubscriptionState.CLOSED, timeout);
    }

    /** Such as {@code Subscription['billing', LIVE at 0000000000000012, EventStore[sqlite:shop.db, open]]}. */
    @Override
    public String toString() {
        String name = options.name().map(text -> "'" + text + "'").orElse("ephemeral");
        return "Subscription[%s, %s at %s, %s]".formatted(name, state(), position(), context.store());
    }

    @Override
    public void pause() {
        driver.pause();
    }

    @Override
    public void resume() {
        driver.resume();
    }

    @Override
    public CompletionStage<Void> completion() {
        return status.completion().minimalCompletionStage();
    }

    void lookForReplays() {
        driver.lookForReplays();
    }

    @Override
    public CompletionStage<Void> closeAsync() {
        driver.close();
        return completion();
    }

    /** Ends it now if the caller is its own handler, which would otherwise wait for itself. */
    void beginToCloseWithStore() {
        if (driver.isInsideHandler()) {
            driver.abandon();
        } else {
            driver.close();
        }
    }

    @Override
    public void close() {
        driver.close();
        if (!driver.isInsideHandler()) {
            awaitEnd();
        }
    }

    /** Waits for a close that has begun, first for the handler to return, then after interrupting it, then without it. */
    void awaitEnd() {
        if (isDriving() || isOver(options.closeTimeout())) {
            return;
        }
        driver.interruptHandlers();
        if (isOver(GRACE)) {
            return;
        }
        LOG.warn("the handler of {} goes on although it was interrupted; it is left behind", title);
        driver.abandon();
        isOver(GRACE);
    }

    /** Whether the caller is a listener that is called by what ends the subscription, and would wait for itself. */
    private boolean isDriving() {
        return status.isTelling() && !driver.isInsideHandler();
    }

    /** A caller that is interrupted waits no longer, and finds its flag set. */
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
