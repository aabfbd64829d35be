/**
 * The sources of a subscription's events: the log or one stream, the end of the log in memory, the stored selection of a durable
 * subscription, and the check that the log did not go back (K5).
 */
@NullMarked
package io.headwater.internal.subscription.log;

import org.jspecify.annotations.NullMarked;
