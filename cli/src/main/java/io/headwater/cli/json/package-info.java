/** Reading of JSON files of a known structure. */
@NullMarked
package io.headwater.cli.json;

import org.jspecify.annotations.NullMarked;
