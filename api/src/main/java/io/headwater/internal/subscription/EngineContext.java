package io.headwater.internal.subscription;

import io.headwater.EventStore;
import io.headwater.internal.observation.Observation;
import io.headwater.internal.subscription.log.LogHistory;
import io.headwater.internal.subscription.log.LogTail;
import io.headwater.internal.subscription.schedule.EngineThreads;

/**
 * What the subscriptions of a store share.
 *
 * @param store to read from
 * @param history whether its log is still the one that was read
 * @param tail its end
 * @param threads to run on
 * @param observation what is told of them
 */
record EngineContext(
        EventStore store, LogHistory history, LogTail tail, EngineThreads threads, Observation observation) {}
