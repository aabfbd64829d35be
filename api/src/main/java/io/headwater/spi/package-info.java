/**
 * The interfaces that a backend implements. A {@link io.headwater.spi.BackendProvider} opens a
 * {@link io.headwater.spi.Backend}.
 *
 * <p>Validation, paging, limits, the context of errors and the asynchronous API are written once, above these
 * interfaces. A backend stores and reads events, and keeps the contract.
 */
@NullMarked
package io.headwater.spi;

import org.jspecify.annotations.NullMarked;
