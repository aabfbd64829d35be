package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.ReadOptions;
import io.headwater.RecordedEvent;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Reads streams while others append to them. */
final class StreamReader {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int LAST = 10;

    private final Acknowledgements acknowledgements;

    StreamReader(Acknowledgements acknowledgements) {
        this.acknowledgements = acknowledgements;
    }

    /** Each read sees what was acknowledged when it began (T4), and nothing in part (T2). */
    int run(EventStore store, Random random, BooleanSupplier goesOn) {
        int reads = 0;
        while (goesOn.getAsBoolean()) {
            List<Map.Entry<StreamId, Long>> acknowledged =
                    List.copyOf(acknowledgements.versions().entrySet());
            if (!acknowledged.isEmpty()) {
                Map.Entry<StreamId, Long> one = acknowledged.get(random.nextInt(acknowledged.size()));
                reads += sees(store, one.getKey(), one.getValue()) ? 1 : 0;
            }
            Soak.pause(PAUSE);
        }
        return reads;
    }

    private static boolean sees(EventStore store, StreamId stream, long acknowledged) {
        try {
            StreamSlice slice = store.readStream(stream, ReadOptions.backwards().limit(LAST));
            assertThat(slice.version())
                    .as("version of '%s' that a read sees after an append was acknowledged", stream)
                    .isGreaterThanOrEqualTo(acknowledged);
            List<RecordedEvent> events = slice.events();
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).version()).isEqualTo(slice.version() - i);
            }
            return true;
        } catch (StoreUnavailable later) {
            return false;
        }
    }
}
