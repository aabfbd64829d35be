/** The examples in this module's README. */
@NullMarked
package io.headwater.example;

import org.jspecify.annotations.NullMarked;
