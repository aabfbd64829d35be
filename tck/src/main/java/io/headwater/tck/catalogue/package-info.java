/** The rules, one class for each area of the contract. */
@NullMarked
package io.headwater.tck.catalogue;

import org.jspecify.annotations.NullMarked;
