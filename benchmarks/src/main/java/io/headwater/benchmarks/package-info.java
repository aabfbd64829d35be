/** Measures every backend, with its raw driver as the baseline that does the same work in the same run. */
@NullMarked
package io.headwater.benchmarks;

import org.jspecify.annotations.NullMarked;
