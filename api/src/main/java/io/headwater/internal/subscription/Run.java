package io.headwater.internal.subscription;

import io.headwater.internal.subscription.delivery.CheckpointSaver;
import io.headwater.internal.subscription.delivery.Delivery;
import io.headwater.internal.subscription.delivery.PageReader;
import io.headwater.internal.subscription.delivery.ReplayWatch;

/**
 * A subscription at work, from taking its lease to losing it or being closed.
 *
 * @param delivery to the handler
 * @param reading of what is to be delivered
 * @param saver of the checkpoint
 * @param replays of what was parked
 */
record Run(Delivery delivery, PageReader reading, CheckpointSaver saver, ReplayWatch replays) {}
