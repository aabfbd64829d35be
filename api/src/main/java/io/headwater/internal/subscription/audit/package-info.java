/**
 * The proof from the store that a subscription handled every event once: what the lanes handled is recorded apart from the
 * checkpoint, and compared with the log.
 */
@NullMarked
package io.headwater.internal.subscription.audit;

import org.jspecify.annotations.NullMarked;
