/**
 * What a backend implements: a {@link io.headwater.spi.BackendProvider} that opens a {@link io.headwater.spi.Backend}.
 *
 * <p>Validation, paging, limits, error context and the asynchronous view are written once above these interfaces; a backend
 * moves bytes and keeps the contract.
 */
@NullMarked
package io.headwater.spi;

import org.jspecify.annotations.NullMarked;
