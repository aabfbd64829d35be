/**
 * From pages of the log to calls of the handler: the read buffer, lanes, retries and other ends of a failed event, and the
 * checkpoint that never passes an unfinished event (S1, S2, S4, K1).
 */
@NullMarked
package io.headwater.internal.subscription.delivery;

import org.jspecify.annotations.NullMarked;
