/** Events that were parked after their handler failed, and their replay (S4). */
@NullMarked
package io.headwater.internal.subscription.parking;

import org.jspecify.annotations.NullMarked;
