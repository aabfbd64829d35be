package io.headwater.dynamodb.server;

import java.util.List;

/** A random order with random pauses. */
record ShuffledOrder(Faults faults) implements VisibilityOrder {
    @Override
    public List<Integer> order(int actions) {
        return faults.shuffled(actions);
    }

    @Override
    public void shown(int items) {
        Latency.await(faults.delay());
    }
}
