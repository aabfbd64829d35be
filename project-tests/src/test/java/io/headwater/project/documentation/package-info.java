/** Keeps the documentation true: what it shows is compiled and run, what it lists is taken from the code. */
@NullMarked
package io.headwater.project.documentation;

import org.jspecify.annotations.NullMarked;
