/**
 * What applications call: open an {@link io.headwater.EventStore}, append, read.
 *
 * <p>Types here carry the rules of the contract by id ({@code A4}, {@code G3}): see {@code docs/contract.md}. Values are
 * immutable and check themselves when they are made, so that a bad name or an empty append never reaches a backend. Every
 * failure is an {@link io.headwater.EventStoreException}.
 */
@NullMarked
package io.headwater;

import org.jspecify.annotations.NullMarked;
