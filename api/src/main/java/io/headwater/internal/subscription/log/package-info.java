/**
 * Where the events of a subscription come from: the log or one stream, the end of the log kept in memory for all
 * subscriptions, the selection that a durable subscription began with, and the check that the log did not go back (K5).
 */
@NullMarked
package io.headwater.internal.subscription.log;

import org.jspecify.annotations.NullMarked;
