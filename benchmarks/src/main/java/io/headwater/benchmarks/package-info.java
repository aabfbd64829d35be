/** Measures every backend beside its raw driver, which does the same work in the same run. */
@NullMarked
package io.headwater.benchmarks;

import org.jspecify.annotations.NullMarked;
