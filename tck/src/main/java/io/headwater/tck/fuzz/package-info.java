/** Random scripts, whose answers are compared with those of a model of the contract, or of another store. */
@NullMarked
package io.headwater.tck.fuzz;

import org.jspecify.annotations.NullMarked;
