package io.headwater.verification.mutants;

import static io.headwater.verification.Proxies.altered;

import io.headwater.EventStore;
import io.headwater.PullSubscription;
import io.headwater.RecordedEvent;
import io.headwater.SubscriptionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Pull subscriptions that are wrong in what they return, or in what they take for handled. */
final class PullMutants {
    static final List<Mutant> ALL = List.of(
            ofPull("a close acknowledges", PullMutants::acknowledgedByClose, "K1.15"),
            ofPull("the first event is pulled twice", PullMutants::firstTwice, "S1.25"));

    private PullMutants() {}

    private static Mutant ofPull(String name, UnaryOperator<PullSubscription> breaking, String... killers) {
        return Mutant.ofStore(
                name,
                store -> altered(
                        EventStore.class,
                        store,
                        "pull",
                        args -> breaking.apply(store.pull((SubscriptionOptions) args[0]))),
                killers);
    }

    private static PullSubscription acknowledgedByClose(PullSubscription sound) {
        return altered(PullSubscription.class, sound, "close", args -> {
            sound.acknowledge();
            sound.close();
            return null;
        });
    }

    private static PullSubscription firstTwice(PullSubscription sound) {
        AtomicReference<Optional<RecordedEvent>> again = new AtomicReference<>();
        AtomicBoolean begun = new AtomicBoolean();
        return altered(PullSubscription.class, sound, "next", args -> {
            Optional<RecordedEvent> repeated = again.getAndSet(null);
            if (repeated != null) {
                return repeated;
            }
            Optional<RecordedEvent> next = sound.next((Duration) args[0]);
            if (!begun.getAndSet(true)) {
                again.set(next);
            }
            return next;
        });
    }
}
