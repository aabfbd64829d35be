/** Tests of the whole, and what they share. */
@NullMarked
package io.headwater.verification;

import org.jspecify.annotations.NullMarked;
