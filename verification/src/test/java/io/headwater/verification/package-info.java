/** Tests of the TCK and of the subscription engine, and what they share. */
@NullMarked
package io.headwater.verification;

import org.jspecify.annotations.NullMarked;
