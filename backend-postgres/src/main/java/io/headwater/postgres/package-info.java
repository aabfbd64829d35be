/** Event stores in PostgreSQL databases: shared between any number of processes, one round trip for an append. */
@NullMarked
package io.headwater.postgres;

import org.jspecify.annotations.NullMarked;
