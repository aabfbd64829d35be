package io.headwater.internal.subscription;

import io.headwater.internal.subscription.delivery.CheckpointSaver;
import io.headwater.internal.subscription.delivery.Delivery;
import io.headwater.internal.subscription.delivery.PageReader;
import io.headwater.internal.subscription.delivery.ReplayWatch;

/**
 * The work of a subscription under one lease: from its acquisition until the lease is lost or the subscription closed.
 *
 * @param delivery delivers events to the handler
 * @param reading reads the events to deliver
 * @param saver saves the checkpoint
 * @param replays watches for requests to replay parked events
 */
record Run(Delivery delivery, PageReader reading, CheckpointSaver saver, ReplayWatch replays) {}
