package io.headwater.internal.subscription.delivery;

/**
 * What the lanes of a delivery share.
 *
 * @param delivery the parts that the delivery uses
 * @param handler the guarded handler
 * @param permit the permit of this run
 * @param notifyEvery the number of events after which the listener is notified of progress
 * @param handled is called at the end of a lane's work, on its thread
 */
record LaneContext(DeliveryContext delivery, SafeHandler handler, RunPermit permit, int notifyEvery, Runnable handled) {

    /** Reports that the subscription cannot continue, unless this run was stopped before. */
    void failed(Throwable reason) {
        if (!permit.isOver()) {
            delivery.listener().failed(reason);
        }
    }
}
