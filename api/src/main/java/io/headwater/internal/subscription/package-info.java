/**
 * Subscriptions over any backend (S1–S8, K1–K5).
 *
 * <p>Each subscription has a {@code Dispatcher}, a serial task that does everything except calling the handler: it holds the
 * lease, reads pages and saves checkpoints. A {@code Lane}, also a serial task, calls the handler for the events of its streams.
 *
 * <p>Sub-packages: {@code schedule} (threads and timers), {@code log} (what is read), {@code lease} (the right to run, and the
 * checkpoint), {@code parking} (parked events), {@code audit} (the proof of delivery), {@code delivery} (read buffer, lanes,
 * failures).
 */
@NullMarked
package io.headwater.internal.subscription;

import org.jspecify.annotations.NullMarked;
