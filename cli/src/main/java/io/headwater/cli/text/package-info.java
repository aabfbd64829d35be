/** Text for people: safe to show, aligned, coloured where that is wanted. */
@NullMarked
package io.headwater.cli.text;

import org.jspecify.annotations.NullMarked;
