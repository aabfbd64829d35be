/** Broken stores, and the rules that notice them: the kill matrix, and how often rules about concurrency notice. */
@NullMarked
package io.headwater.verification.mutants;

import org.jspecify.annotations.NullMarked;
