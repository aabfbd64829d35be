package io.headwater.verification.generated;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A way to make a value wrong.
 *
 * @param name what is wrong
 * @param change the wrong value; the same where it cannot be made wrong in this way
 */
record Wrong(String name, UnaryOperator<@Nullable Object> change) {

    /** The same within something that is called this. */
    Wrong within(String whole, UnaryOperator<@Nullable Object> wider) {
        return new Wrong(whole + " " + name, wider);
    }
}
