package io.headwater.dynamodb;

import io.headwater.dynamodb.Acknowledgements.Moment;
import io.headwater.dynamodb.Interposed.Between;
import io.headwater.dynamodb.Interposed.Service;
import java.time.Duration;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Writers that stop for a while when they have taken a ticket. */
final class Stalls implements Between {
    private static final String COUNTER = "counter";
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Random random;
    private final double chance;
    private final ConcurrentLinkedQueue<Moment> stalls = new ConcurrentLinkedQueue<>();

    /** With this chance for each ticket. */
    Stalls(long seed, double chance) {
        this.random = new Random(seed);
        this.chance = chance;
    }

    @Override
    public DynamoDbResponse call(DynamoDbRequest request, Service service) {
        DynamoDbResponse response = service.call(request);
        if (response instanceof UpdateItemResponse update && update.attributes().containsKey(COUNTER)) {
            taken(Item.of(update.attributes()).number(COUNTER));
        }
        return response;
    }

    private void taken(long ticket) {
        if (random.nextDouble() < chance) {
            stalls.add(new Moment(Places.behind(ticket), System.nanoTime()));
            Soak.pause(Duration.ofNanos((long) (random.nextDouble() * LONGEST.toNanos())));
        }
    }

    /** Since when the log could not go beyond which place. */
    Collection<Moment> moments() {
        return stalls;
    }
}
