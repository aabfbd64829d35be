/** The threads and timers of the engine: serial tasks, the pool on which they run, alarms and back-off. */
@NullMarked
package io.headwater.internal.subscription.schedule;

import org.jspecify.annotations.NullMarked;
