package io.headwater.internal.subscription.delivery;

/** Is notified of the progress of the lanes of a delivery. Called on any thread; MUST NOT block. */
public interface DeliveryListener {

    /** An event of the batch in flight was acknowledged. Called for each event, so it must be cheap. */
    void progressed();

    /** A lane finished events, or has nothing to do. */
    void changed();

    /** The subscription cannot continue, for this reason. */
    void failed(Throwable reason);
}
