/**
 * The API for applications: open an {@link io.headwater.EventStore}, append, read, subscribe.
 *
 * <p>Types refer to the rules of the contract by their ids, such as {@code A4}; see {@code docs/contract.md}. Values are
 * immutable and check their arguments when they are constructed, so that no invalid request reaches a backend. Every failure
 * is an {@link io.headwater.EventStoreException}.
 */
@NullMarked
package io.headwater;

import org.jspecify.annotations.NullMarked;
