/** Compares two stores of a migration, and names every difference. */
@NullMarked
package io.headwater.migration.verify;

import org.jspecify.annotations.NullMarked;
