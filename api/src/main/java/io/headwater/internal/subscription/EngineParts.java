package io.headwater.internal.subscription;

import io.headwater.EventStore;

/**
 * What the subscriptions of a store share.
 *
 * @param store to read from
 * @param tail its end
 * @param threads to run on
 */
record EngineParts(EventStore store, Tail tail, EngineThreads threads) {}
