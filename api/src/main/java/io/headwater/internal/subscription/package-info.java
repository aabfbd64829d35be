/**
 * Subscriptions over any backend, written once (S1–S8, K1–K4).
 *
 * <p>Each subscription has a {@code Driver}, which does everything but call the handler: it holds the lease, reads pages,
 * saves checkpoints. Handlers are called by {@code Lane}s, each the only one for its streams. Both are serial tasks on a pool
 * of threads that they leave when they have nothing to do. The {@code Tail} reads the end of the log once for all.
 */
@NullMarked
package io.headwater.internal.subscription;

import org.jspecify.annotations.NullMarked;
