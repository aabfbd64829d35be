@NullMarked
package io.headwater.jackson;

import org.jspecify.annotations.NullMarked;
