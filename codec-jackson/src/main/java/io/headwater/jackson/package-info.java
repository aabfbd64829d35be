/**
 * Events as Java values: records and sealed interfaces that are written as JSON and read back, including old shapes.
 *
 * <p>{@link io.headwater.jackson.EventTypes} maps event types to classes and holds the upcasters; {@link
 * io.headwater.jackson.TypedEvents} encodes and decodes. All types are immutable once built, and may be shared among
 * threads.
 *
 * <p>Errors of the calling code are {@link io.headwater.InvalidRequest}. A stored event that cannot be decoded is
 * {@link io.headwater.jackson.UndecodableEvent}, which is not a failure of the store and therefore not an {@link
 * io.headwater.EventStoreException}.
 */
@NullMarked
package io.headwater.jackson;

import org.jspecify.annotations.NullMarked;
