/** What a rule is, and what its check is given: names, events, instances, concurrency and expectations. */
@NullMarked
package io.headwater.tck.rule;

import org.jspecify.annotations.NullMarked;
