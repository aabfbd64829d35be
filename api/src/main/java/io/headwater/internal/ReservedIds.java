package io.headwater.internal;

import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.Snapshot;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.Batch;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the ids of streams that a store reserves for its own streams, wherever they are in the arguments of a call (P2).
 *
 * @param capabilities of the store
 */
record ReservedIds(Capabilities capabilities) {

    /** Throws {@link io.headwater.InvalidRequest} if an argument is such an id, or contains one. */
    void refuse(@Nullable Object... arguments) {
        if (capabilities.reservedPrefix().isPresent()) {
            for (Object argument : arguments) {
                refuseWithin(argument);
            }
        }
    }

    private void refuseWithin(@Nullable Object argument) {
        if (argument instanceof StreamId stream) {
            capabilities.check(stream);
        } else if (argument instanceof Snapshot snapshot) {
            capabilities.check(snapshot.stream());
        } else if (argument instanceof AppendRequest request) {
            request.writes().stream().map(StreamWrite::stream).forEach(capabilities::check);
            request.checks().stream().map(StreamCheck::stream).forEach(capabilities::check);
        } else if (argument instanceof Batch batch) {
            batch.changes().stream()
                    .flatMap(change -> change.streams().stream())
                    .forEach(capabilities::check);
        } else if (argument instanceof SubscriptionOptions options) {
            options.stream().ifPresent(capabilities::check);
        } else if (argument instanceof Optional<?> some) {
            some.ifPresent(this::refuseWithin);
        } else if (argument instanceof Collection<?> several) {
            several.forEach(this::refuseWithin);
        }
    }
}
