/** Text for people: safe to show, aligned, coloured if that is wanted. */
@NullMarked
package io.headwater.cli.text;

import org.jspecify.annotations.NullMarked;
