/**
 * Delivery of the pages of the log to the handler: the read buffer, lanes, the handling of failures, and the checkpoint, which
 * never passes an unfinished event (S1, S2, S4, K1).
 */
@NullMarked
package io.headwater.internal.subscription.delivery;

import org.jspecify.annotations.NullMarked;
