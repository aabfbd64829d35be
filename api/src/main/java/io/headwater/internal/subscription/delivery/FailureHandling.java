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

/** Deals with events that the handler could not handle, as the policy says (S4). Used by all lanes. */
public final class FailureHandling {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandling.class);
    private static final int MAX_ERROR = 500;

    private final String title;
    private final FailurePolicy policy;
    private final ParkedStreams parked;
    private final Consumer<Consumer<SubscriptionListener>> listener;
    private final Consumer<Throwable> end;

    /** Failures of one run of a subscription, which can end it. */
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

    /** Whether events that cannot be handled are left out, one by one. */
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

    /** It comes again when the subscription goes on. A handler that was asked to end may well fail for that. */
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
     * An event of a stream that has parked ones keeps its place behind them; one that comes again after a crash is among them
     * already. Returns whether it has its place.
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
     * The last attempt failed.
     *
     * @param replaying whether the event was parked before
     * @return whether to go on behind the event; not if the subscription ends, or was lost
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

    /** What no event can be blamed for, so that leaving out one after the other would lose them all. */
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

    /** Which event, never what is in it. */
    private static String words(RecordedEvent event) {
        return "'%s' %s@%s (position %s)".formatted(event.type(), event.stream(), event.version(), event.position());
    }

    /** Of bounded size, and text that can be stored, whatever the exception says. */
    private static String words(Throwable failure) {
        String text = text(failure);
        int end = Math.min(text.length(), MAX_ERROR);
        return new String(text.substring(0, end).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** What a logger can print: it may not expect that an exception has no text. */
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
