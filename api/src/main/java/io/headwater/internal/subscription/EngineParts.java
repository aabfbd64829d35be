package io.headwater.internal.subscription;

import io.headwater.EventStore;

/**
 * What the subscriptions of a store share.
 *
 * @param store to read from
 * @param history whether its log is still the one that was read
 * @param tail its end
 * @param threads to run on
 */
record EngineParts(EventStore store, LogHistory history, Tail tail, EngineThreads threads) {}
