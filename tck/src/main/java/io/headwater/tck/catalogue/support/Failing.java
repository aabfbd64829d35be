package io.headwater.tck.catalogue.support;

import static io.headwater.SubscriptionOptions.ephemeral;

import io.headwater.FailurePolicy;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.List;

/** A stream of four events, one of which fails for this number of calls. */
public final class Failing {
    public final RuntimeException failure = new IllegalStateException("this event is broken");
    public final StreamId stream;
    public final Position last;
    private final RuleContext rule;
    private final long version;
    private int failuresLeft;

    public Failing(RuleContext rule, long version, int failures) {
        this.rule = rule;
        this.version = version;
        this.failuresLeft = failures;
        this.stream = rule.stream();
        rule.write(stream, 3);
        this.last = rule.append(stream);
    }

    /** Retries at once. */
    public static FailurePolicy quick(int retries) {
        return FailurePolicy.retry(retries).backOff(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    public static SubscriptionOptions options(StreamId stream, FailurePolicy policy) {
        return ephemeral().category(stream.category().orElseThrow()).onFailure(policy);
    }

    public SubscriptionOptions options(FailurePolicy policy) {
        return options(stream, policy);
    }

    public Follower follower(FailurePolicy policy) {
        return follower(options(policy));
    }

    public Follower follower(SubscriptionOptions options) {
        return Follower.of(rule, options, this::handle);
    }

    public synchronized void handle(RecordedEvent event) {
        if (event.stream().equals(stream) && event.version() == version && failuresLeft > 0) {
            failuresLeft--;
            throw failure;
        }
    }

    public void handleAll(List<RecordedEvent> events) {
        events.forEach(this::handle);
    }

    public synchronized void mend() {
        failuresLeft = 0;
    }

    /** Another subscription has handled everything. */
    public void markerIsHandled() {
        Follower.of(rule, options(FailurePolicy.stop())).reaches(last);
    }

    public Position position(long of) {
        return rule.logOf(stream).get((int) of - 1).position();
    }

    public List<RecordedEvent> logWithout(long left) {
        return rule.logOf(stream).stream()
                .filter(event -> event.version() != left)
                .toList();
    }
}
