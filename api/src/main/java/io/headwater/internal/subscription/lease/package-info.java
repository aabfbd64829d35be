/**
 * The lease of a subscription, and the records that are written under it: the checkpoint, out-of-order acknowledgements and the
 * selection (K1, K2).
 */
@NullMarked
package io.headwater.internal.subscription.lease;

import org.jspecify.annotations.NullMarked;
