package io.headwater.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/** Random events: JSON of about 200 bytes, and a correlation id. Used by one thread. */
final class SampleEvents {
    private static final int PREPARED = 512;
    private static final String[] TYPES = {"OrderPlaced", "OrderPaid", "ParcelShipped", "ParcelDelivered"};

    private final SplittableRandom random;
    private final List<SampleEvent> prepared = new ArrayList<>();

    SampleEvents(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < PREPARED; i++) {
            prepared.add(event());
        }
    }

    /**
     * Events with new ids. Their contents are taken from a prepared stock, so that creating them takes little of the
     * measured time.
     */
    List<SampleEvent> next(int count) {
        List<SampleEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SampleEvent like = prepared.get(random.nextInt(PREPARED));
            events.add(new SampleEvent(uuid(), like.type(), like.data(), like.metadata(), like.encodedMetadata()));
        }
        return events;
    }

    private SampleEvent event() {
        String correlation = uuid().toString();
        return new SampleEvent(
                uuid(),
                TYPES[random.nextInt(TYPES.length)],
                json().getBytes(StandardCharsets.UTF_8),
                Map.of("correlationId", correlation),
                ("{\"correlationId\":\"" + correlation + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private String json() {
        StringBuilder json = new StringBuilder("{\"amount\":").append(random.nextInt(1_000_000));
        for (String name : new String[] {"order", "customer", "item"}) {
            json.append(",\"").append(name).append("\":\"").append(uuid()).append('"');
        }
        return json.append(",\"note\":\"")
                .append("x".repeat(random.nextInt(60)))
                .append("\"}")
                .toString();
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
