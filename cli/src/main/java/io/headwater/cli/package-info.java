/** The {@code headwater} command: one class for each subcommand. */
@NullMarked
package io.headwater.cli;

import org.jspecify.annotations.NullMarked;
