/** What the page of this module shows. */
@NullMarked
package io.headwater.example;

import org.jspecify.annotations.NullMarked;
