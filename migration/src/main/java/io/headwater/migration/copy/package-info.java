/** Copies the changes of one store into another: once, in order, and resumably. */
@NullMarked
package io.headwater.migration.copy;

import org.jspecify.annotations.NullMarked;
