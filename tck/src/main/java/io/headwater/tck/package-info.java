/**
 * The TCK: runs the rules of the contract against any store. Start at {@link io.headwater.tck.Tck}, or at {@link
 * io.headwater.tck.junit.EventStoreTck} in a JUnit build. Needs no test framework.
 */
@NullMarked
package io.headwater.tck;

import org.jspecify.annotations.NullMarked;
