package io.headwater.dynamodb.server;

import java.util.List;

/** In which order the items of a transaction become visible. */
public interface VisibilityOrder {
    /** The indexes of the transaction's actions, each once. */
    List<Integer> order(int actions);

    /** Called when {@code items} items are visible, without any lock held; the next one waits for it to return. */
    void shown(int items);
}
