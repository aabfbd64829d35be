/** The file that describes a migration. */
@NullMarked
package io.headwater.cli.plan;

import org.jspecify.annotations.NullMarked;
