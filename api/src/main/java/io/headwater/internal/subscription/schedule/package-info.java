/** Threads and timers of the engine: serial tasks, the pool they run on, one alarm for each task, waits that double. */
@NullMarked
package io.headwater.internal.subscription.schedule;

import org.jspecify.annotations.NullMarked;
