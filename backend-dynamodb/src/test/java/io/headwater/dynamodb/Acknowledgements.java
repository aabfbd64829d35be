package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.Position;
import io.headwater.StreamId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** When which appends were acknowledged, and how far streams are at least. Thread-safe. */
final class Acknowledgements {
    private final ConcurrentLinkedQueue<Moment> moments = new ConcurrentLinkedQueue<>();
    private final Map<StreamId, Long> versions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** A position that could be seen by readers of the log from about this time of {@link System#nanoTime()} on. */
    record Moment(Position position, long time) {}

    /** Makes appends by this call, and notes those that were written. */
    Function<AppendRequest, AppendOutcome> of(Function<AppendRequest, AppendOutcome> call) {
        return request -> {
            AppendOutcome outcome = call.apply(request);
            if (outcome instanceof Appended appended) {
                note(appended);
            }
            return outcome;
        };
    }

    private void note(Appended appended) {
        long now = System.nanoTime();
        count.incrementAndGet();
        for (AppendResult result : appended.results()) {
            moments.add(new Moment(result.position(), now));
            versions.merge(result.stream(), result.version(), Math::max);
        }
    }

    int count() {
        return count.get();
    }

    Collection<Moment> moments() {
        return moments;
    }

    /** The versions that streams have reached, by now. */
    Map<StreamId, Long> versions() {
        return versions;
    }
}
