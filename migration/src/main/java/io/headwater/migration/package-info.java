/**
 * Import of events into a store, such that each event is stored exactly once. An import that was interrupted continues when it is
 * run again. {@link io.headwater.migration.Importer} is the entry point; a format implements
 * {@link io.headwater.migration.EventLines}.
 *
 * <p>No class of this package is thread-safe: one thread at a time uses an import and what it was given. Different imports into
 * the same store, also in different processes, MAY run at the same time.
 */
@NullMarked
package io.headwater.migration;

import org.jspecify.annotations.NullMarked;
