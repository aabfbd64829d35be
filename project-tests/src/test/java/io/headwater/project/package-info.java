/** Tests of the whole project, and what they share. */
@NullMarked
package io.headwater.project;

import org.jspecify.annotations.NullMarked;
