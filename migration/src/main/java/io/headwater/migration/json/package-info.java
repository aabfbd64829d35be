/** Reads JSON as spans of bytes, so that what is not changed keeps the bytes that it has. */
@NullMarked
package io.headwater.migration.json;

import org.jspecify.annotations.NullMarked;
