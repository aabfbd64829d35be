package io.headwater.internal.subscription.delivery;

/**
 * What the lanes of a delivery share.
 *
 * @param delivery what their delivery works with
 * @param handler guarded against what an application's handler may do
 * @param permit of this run
 * @param notifyEvery number of events after which the listener learns of progress
 */
record LaneContext(DeliveryContext delivery, SafeHandler handler, RunPermit permit, int notifyEvery) {

    /** The subscription cannot go on, unless this run was stopped before. */
    void failed(Throwable reason) {
        if (!permit.isOver()) {
            delivery.listener().failed(reason);
        }
    }
}
