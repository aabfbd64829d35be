/** Which streams a migration takes, and what it changes in their events. Pure functions: the same input gives the same output. */
@NullMarked
package io.headwater.migration.select;

import org.jspecify.annotations.NullMarked;
