/**
 * What importing, planning, copying and verifying share: appends in bulk, the states of streams, and {@link
 * io.headwater.spi.Replication} for stores that do not have that facet.
 */
@NullMarked
package io.headwater.migration.store;

import org.jspecify.annotations.NullMarked;
