/** A second process that opens the store under test, and how to talk to it. */
@NullMarked
package io.headwater.tck.process;

import org.jspecify.annotations.NullMarked;
