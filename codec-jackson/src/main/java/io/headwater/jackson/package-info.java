/**
 * Events as Java values: records and sealed interfaces written as JSON, and read back, old shapes of them included.
 *
 * <p>{@link io.headwater.jackson.EventTypes} says which name stands for which class and how old events become new ones;
 * {@link io.headwater.jackson.TypedEvents} encodes and decodes. Everything here is immutable once built and may be shared
 * among threads.
 *
 * <p>Mistakes of the calling code are {@link io.headwater.InvalidRequest}. A stored event that cannot be read is
 * {@link io.headwater.jackson.UndecodableEvent}, which is no failure of a store and so no
 * {@link io.headwater.EventStoreException}.
 */
@NullMarked
package io.headwater.jackson;

import org.jspecify.annotations.NullMarked;
