package io.headwater;

import java.io.Serializable;
import java.util.Optional;

/**
 * The name of a stream: 1 to 255 characters without control characters, not starting with {@code $} (P2).
 *
 * <p>Case, spaces, punctuation and Unicode normal form are significant: two ids are equal when their characters are. Order
 * is that of the Unicode code points, which is the order in which every backend lists streams.
 *
 * @param value the whole name
 */
public record StreamId(String value) implements Comparable<StreamId>, Serializable {

    public StreamId {
        ArgumentChecks.name(value, "stream id");
    }

    /** The stream of this name. Throws {@link InvalidRequest} for a name that breaks P2. */
    public static StreamId of(String value) {
        return new StreamId(value);
    }

    /** The stream {@code category-id}: {@code of("order", "42")} is {@code order-42}. The category may not contain {@code -}. */
    public static StreamId of(String category, String id) {
        ArgumentChecks.that(!ArgumentChecks.notNull(category, "category").isEmpty(), "category is empty");
        ArgumentChecks.that(
                category.indexOf('-') < 0,
                "category '" + ArgumentChecks.printable(category) + "' contains '-', which ends a category");
        return new StreamId(category + "-" + ArgumentChecks.notNull(id, "id"));
    }

    /** The text before the first {@code -}; empty when there is no {@code -} or the name starts with one (C1). */
    public Optional<String> category() {
        int dash = value.indexOf('-');
        return dash > 0 ? Optional.of(value.substring(0, dash)) : Optional.empty();
    }

    @Override
    public int compareTo(StreamId other) {
        return CodePoints.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
