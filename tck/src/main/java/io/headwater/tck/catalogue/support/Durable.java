package io.headwater.tck.catalogue.support;

import static io.headwater.SubscriptionOptions.durable;

import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionInfo;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore.Checkpoint;
import io.headwater.tck.rule.RuleContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A named subscription to the category of a stream. */
public final class Durable {
    private static final int MANY = 1_000_000;
    private static final Duration NEVER = Duration.ofDays(1);

    public final StreamId stream;
    public final String name;
    public final SubscriptionOptions options;
    private final RuleContext rule;

    public Durable(RuleContext rule) {
        this.rule = rule;
        this.stream = rule.stream();
        this.name = rule.name();
        this.options = durable(name).category(stream.category().orElseThrow());
    }

    public SubscriptionOptions ephemeral() {
        return SubscriptionOptions.ephemeral().category(stream.category().orElseThrow());
    }

    /** Appends one by one; returns the position of the last. */
    public Position write(int events) {
        Position last = Position.START;
        for (int i = 0; i < events; i++) {
            last = rule.append(stream);
        }
        return last;
    }

    /** Opens it, waits until it has handled this, closes it, and returns what was handled. */
    public List<RecordedEvent> runsTo(EventStore store, Position last) {
        Follower follower = Follower.of(rule, store, options.checkpointEvery(MANY, NEVER));
        follower.reaches(last);
        follower.subscription().close();
        return follower.handled();
    }

    /** As it is saved; the start of the log if none is. */
    public Position checkpoint() {
        return rule.checkpoints().load(name).stream()
                .map(Checkpoint::position)
                .findFirst()
                .orElse(Position.START);
    }

    public SubscriptionInfo info() {
        return rule.store().subscriptions().find(name).orElseThrow();
    }

    public void isSavedUpTo(Follower follower, Position position) {
        follower.waitFor("the checkpoint is saved up to " + position, () -> !position.isAfter(checkpoint()));
    }

    public List<Long> pull(int events, boolean acknowledge) {
        try (PullSubscription pull = rule.store().pull(options)) {
            List<Long> versions = Stream.generate(() -> pull.next(rule.patience()))
                    .limit(events)
                    .flatMap(Optional::stream)
                    .map(RecordedEvent::version)
                    .toList();
            if (acknowledge) {
                pull.acknowledge();
            }
            return versions;
        }
    }
}
