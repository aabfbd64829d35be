/** Other event stores on PostgreSQL, each used as its documentation says. */
@NullMarked
package io.headwater.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
