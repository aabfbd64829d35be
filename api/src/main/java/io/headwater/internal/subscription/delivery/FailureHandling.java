package io.headwater.internal.subscription.delivery;

import io.headwater.FailurePolicy;
import io.headwater.FailurePolicy.Then;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionEnded;
import io.headwater.SubscriptionListener;
import io.headwater.internal.subscription.parking.ParkedStreams;
import io.headwater.internal.subscription.parking.Replay;
import io.headwater.internal.subscription.schedule.BackOff;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the failure policy to events that the handler could not handle (S4). Used by all lanes. */
public final class FailureHandling {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandling.class);
    private static final int MAX_ERROR = 500;

    private final String title;
    private final FailurePolicy policy;
    private final ParkedStreams parked;
    private final Consumer<Consumer<SubscriptionListener>> listener;
    private final Consumer<Throwable> end;

    /**
     * Creates the failure handling of one run of a subscription.
     *
     * @param listener calls the listener of the subscription
     * @param end ends the subscription
     */
    public FailureHandling(
            String title,
            FailurePolicy policy,
            ParkedStreams parked,
            Consumer<Consumer<SubscriptionListener>> listener,
            Consumer<Throwable> end) {
        this.title = title;
        this.policy = policy;
        this.parked = parked;
        this.listener = listener;
        this.end = end;
    }

    boolean isParked(StreamId stream) {
        return parked.contains(stream);
    }

    boolean parks() {
        return policy.then() == Then.PARK;
    }

    /** Returns whether the policy leaves out single events that cannot be handled. */
    boolean leavesOut() {
        return policy.then() != Then.STOP;
    }

    long delayNanos(int retry) {
        return BackOff.nanos(policy.firstDelay(), policy.longestDelay(), retry);
    }

    void retrying(RecordedEvent event, int attempt, Throwable failure) {
        LOG.debug("{}: attempt {} to handle {} failed", title, attempt, words(event), printable(failure));
        tell(listener -> listener.retrying(event, attempt, failure));
    }

    /**
     * Logs a failure during the end of the subscription. The event is delivered again by the next run; a handler that was asked
     * to end often fails for that reason.
     */
    void atTheEnd(RecordedEvent event, Throwable failure) {
        LOG.debug(
                "{}: the handler failed with {} while the subscription was closed",
                title,
                words(event),
                printable(failure));
    }

    private void tell(Consumer<SubscriptionListener> call) {
        listener.accept(call);
    }

    /**
     * Parks an event behind the parked events of its stream. An event that is delivered again after a crash may be parked
     * already. Returns false if the event could not be parked.
     */
    boolean parkBehind(RecordedEvent event) {
        return parked.holds(event) || park(event, "parked behind earlier events of its stream", 0);
    }

    private boolean park(RecordedEvent event, String error, int attempts) {
        if (parked.isFull()) {
            end.accept(new SubscriptionEnded(
                    "%s stopped at %s: %s events are parked already, which is the maximum. Fix the cause, then replay or drop them"
                            .formatted(title, words(event), ParkedStreams.MAX),
                    null));
            return false;
        }
        return parked.park(event, error, attempts);
    }

    /**
     * Applies the policy after the last attempt failed.
     *
     * @param replaying whether the event was parked before
     * @return whether to continue behind the event; false if the subscription ends, or its lease was lost
     */
    boolean giveUp(RecordedEvent event, int attempts, Throwable failure, boolean replaying) {
        Then then = isOfTheMachine(failure) ? Then.STOP : policy.then();
        return switch (then) {
            case STOP -> {
                stop(event, attempts, failure);
                yield false;
            }
            case SKIP -> {
                skip(event, attempts, failure);
                yield true;
            }
            case PARK -> park(event, attempts, failure, replaying);
        };
    }

    /**
     * Returns whether the virtual machine failed. No event is the cause of that, so leaving out events would lose one after the
     * other.
     */
    private static boolean isOfTheMachine(Throwable failure) {
        return (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError))
                || failure instanceof LinkageError;
    }

    private void stop(RecordedEvent event, int attempts, Throwable failure) {
        String message = "%s stopped at %s: its handler failed %s with %s"
                .formatted(
                        title, words(event), times(attempts), failure.getClass().getName());
        LOG.debug("{}", message, printable(failure));
        end.accept(new SubscriptionEnded(message, failure));
    }

    private void skip(RecordedEvent event, int attempts, Throwable failure) {
        LOG.warn("{} skips {}: its handler failed {}", title, words(event), times(attempts), printable(failure));
        tell(listener -> listener.skipped(event, failure));
    }

    private boolean park(RecordedEvent event, int attempts, Throwable failure, boolean replaying) {
        boolean written =
                replaying ? parked.parkAgain(event, words(failure), attempts) : park(event, words(failure), attempts);
        if (written) {
            LOG.warn("{} parks {}: its handler failed {}", title, words(event), times(attempts), printable(failure));
            tell(listener -> listener.parked(event, failure));
        }
        return written;
    }

    Replay replay(StreamId stream) {
        return new Replay(stream, parked);
    }

    void replayed(RecordedEvent event) {
        parked.handled(event);
    }

    private static String times(int attempts) {
        return attempts == 1 ? "once" : attempts + " times";
    }

    /** Names the event without its content. */
    private static String words(RecordedEvent event) {
        return "'%s' %s@%s (position %s)".formatted(event.type(), event.stream(), event.version(), event.position());
    }

    /** Returns a text of limited length that can be stored in UTF-8. */
    private static String words(Throwable failure) {
        String text = text(failure);
        int end = Math.min(text.length(), MAX_ERROR);
        return new String(text.substring(0, end).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Returns a throwable that a logger can print: the {@code toString} of the failure itself may throw. */
    private static Throwable printable(Throwable failure) {
        if (ownWords(failure).isPresent()) {
            return failure;
        }
        Throwable named = new Throwable(text(failure) + ", which cannot be printed");
        named.setStackTrace(failure.getStackTrace());
        return named;
    }

    private static String text(Throwable failure) {
        return ownWords(failure).orElseGet(() -> failure.getClass().getName());
    }

    private static Optional<String> ownWords(Throwable failure) {
        try {
            return Optional.ofNullable(failure.toString());
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
