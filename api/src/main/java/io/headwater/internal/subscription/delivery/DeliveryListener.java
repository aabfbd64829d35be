package io.headwater.internal.subscription.delivery;

/** Learns what the lanes of a delivery do. Called on any thread; does not block. */
public interface DeliveryListener {

    /** Some events of a batch that is in flight are handled. Called for each, so it must be cheap. */
    void progressed();

    /** A lane finished events, or has nothing to do. */
    void changed();

    /** The subscription cannot go on, for this reason. */
    void failed(Throwable reason);
}
