/** The right to run a subscription, and what is written under it: checkpoint and out-of-order acknowledgements (K1, K2). */
@NullMarked
package io.headwater.internal.subscription.lease;

import org.jspecify.annotations.NullMarked;
