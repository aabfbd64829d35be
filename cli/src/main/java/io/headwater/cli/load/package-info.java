/** Importing lines into a store so that every event is there exactly once. */
@NullMarked
package io.headwater.cli.load;

import org.jspecify.annotations.NullMarked;
