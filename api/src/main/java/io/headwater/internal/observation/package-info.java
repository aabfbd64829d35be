/** Calls the listener of a store. */
@NullMarked
package io.headwater.internal.observation;

import org.jspecify.annotations.NullMarked;
