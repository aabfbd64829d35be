/** Events as lines of JSON: reading, checking and writing them. */
@NullMarked
package io.headwater.cli.ndjson;

import org.jspecify.annotations.NullMarked;
