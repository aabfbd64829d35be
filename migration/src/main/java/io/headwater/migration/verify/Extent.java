package io.headwater.migration.verify;

import io.headwater.Position;

/**
 * What of two stores is compared.
 *
 * @param copied the position of the source up to which it was copied
 * @param began the head of the target before anything was copied to it
 */
public record Extent(Position copied, Position began) {}
