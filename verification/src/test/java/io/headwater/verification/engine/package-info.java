/** The subscription engine over the memory backend: failures, leases, stress. */
@NullMarked
package io.headwater.verification.engine;

import org.jspecify.annotations.NullMarked;
