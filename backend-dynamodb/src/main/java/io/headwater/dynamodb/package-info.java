/** Event stores in tables of Amazon DynamoDB. */
@NullMarked
package io.headwater.dynamodb;

import org.jspecify.annotations.NullMarked;
