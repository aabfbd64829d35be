/** Broken stores that are generated: each operation of a backend crossed with each kind of fault. */
@NullMarked
package io.headwater.verification.generated;

import org.jspecify.annotations.NullMarked;
