/** Reports of the TCK, read from files and compared. */
@NullMarked
package io.headwater.cli.conformance;

import org.jspecify.annotations.NullMarked;
