/** What every backend gets for free. Not exported: may change in any release. */
@NullMarked
package io.headwater.internal;

import org.jspecify.annotations.NullMarked;
