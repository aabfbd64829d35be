/** The reference backend: the shortest correct implementation of the contract, and the model that others are held to. */
@NullMarked
package io.headwater.memory;

import org.jspecify.annotations.NullMarked;
