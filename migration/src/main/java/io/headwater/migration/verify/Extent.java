package io.headwater.migration.verify;

import io.headwater.Position;
import io.headwater.migration.select.Rewriting;

/**
 * What of two stores is compared.
 *
 * @param copied the position of the source up to which it was copied
 * @param began the head of the target before anything was copied to it
 * @param rewriting what of the source was taken, and what was changed
 */
public record Extent(Position copied, Position began, Rewriting rewriting) {}
