/** What may depend on what, and how code and tests are written. */
@NullMarked
package io.headwater.project.architecture;

import org.jspecify.annotations.NullMarked;
