package io.headwater.internal.subscription;

import io.headwater.EventStore;
import io.headwater.internal.observation.Observation;
import io.headwater.internal.subscription.log.LogHistory;
import io.headwater.internal.subscription.log.LogTail;
import io.headwater.internal.subscription.schedule.EngineThreads;

/**
 * What the subscriptions of a store share.
 *
 * @param store the store to read from
 * @param history checks whether the log is still the one that was read
 * @param tail the end of the log
 * @param threads the threads to run on
 * @param observation the listener of the store
 */
record EngineContext(
        EventStore store, LogHistory history, LogTail tail, EngineThreads threads, Observation observation) {}
