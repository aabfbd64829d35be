package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A write to one item, alone or within a transaction.
 *
 * @param condition null if there is none
 * @param returnsItem whether the error has the item where the condition fails
 * @param change the item after the write for the one before; null stands for no item. Itself null if the item is only checked
 */
record Write(Table table, Key key, Condition condition, boolean returnsItem, UnaryOperator<Item> change) {
    /** An item before and after a write; null where there is none. */
    record Result(Item before, Item after) {
        /** "Capacity unit consumption for write operations": the larger of both, at least one. */
        int units() {
            return Math.max(units(before), units(after));
        }

        private static int units(Item item) {
            return item == null ? 1 : Math.max(1, Units.ceil(item.size(), Sizes.KILOBYTE));
        }
    }

    boolean isAllowed(Item before) {
        return condition == null || condition.holds(before == null ? Map.of() : before.attributes());
    }

    Item itemOfFailure(Item before) {
        return returnsItem ? before : null;
    }

    boolean isCheck() {
        return change == null;
    }
}
