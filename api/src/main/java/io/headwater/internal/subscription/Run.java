package io.headwater.internal.subscription;

/**
 * A subscription at work, from taking its lease to losing it or being closed.
 *
 * @param delivery to the handler
 * @param reading of what is to be delivered
 * @param progress of the checkpoint
 * @param replays of what was parked
 */
record Run(Delivery delivery, ReadAhead reading, Progress progress, ReplayWatch replays) {}
