/** What a migration would lose, and what stands against it. */
@NullMarked
package io.headwater.migration.plan;

import org.jspecify.annotations.NullMarked;
