/** Audits: what the lanes handled is recorded independently of the checkpoint, and compared with the log of the store. */
@NullMarked
package io.headwater.internal.subscription.audit;

import org.jspecify.annotations.NullMarked;
