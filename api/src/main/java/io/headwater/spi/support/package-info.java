/**
 * Helpers for authors of backends. The SPI requires none of them: a backend uses those that fit its storage.
 *
 * <ul>
 *   <li>Appends: {@link io.headwater.spi.support.AppendDecision} decides a request, {@link
 *       io.headwater.spi.support.ConditionalAppend} only when a conditional write was refused, {@link
 *       io.headwater.spi.support.AppendSeries} decides a series up to its first conflict; {@link
 *       io.headwater.spi.support.RecentAppends} stores what rule I3 asks a stream to remember.
 *   <li>Streams: {@link io.headwater.spi.support.StreamBounds} computes deletes, truncations and the state of a stream, {@link
 *       io.headwater.spi.support.AdminDecision} checks whether they are allowed.
 *   <li>Log: {@link io.headwater.spi.support.LogPages} computes the end of a page.
 *   <li>Values: {@link io.headwater.spi.support.ValueCodes} converts times, ids, content types and metadata, {@link
 *       io.headwater.spi.support.StoredValues} reports damaged ones.
 *   <li>Checkpoints: {@link io.headwater.spi.support.SingleProcessCheckpoints} for storage that one process opens at a time,
 *       {@link io.headwater.spi.support.SharedCheckpoints} over a {@link io.headwater.spi.support.ChangeJournal} for storage that
 *       several processes share.
 *   <li>The backend itself: {@link io.headwater.spi.support.ComposedBackend} and its {@link
 *       io.headwater.spi.support.Facets}, {@link io.headwater.spi.support.DefaultLimits}, {@link
 *       io.headwater.spi.support.AppendWakeUps}, {@link io.headwater.spi.support.OpenHeldAppends}, {@link
 *       io.headwater.spi.support.BackgroundThread}, {@link io.headwater.spi.support.Outage}.
 * </ul>
 */
@NullMarked
package io.headwater.spi.support;

import org.jspecify.annotations.NullMarked;
