/** The rules as tests of JUnit Jupiter. */
@NullMarked
package io.headwater.tck.junit;

import org.jspecify.annotations.NullMarked;
