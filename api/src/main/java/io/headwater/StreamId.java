package io.headwater;

import java.io.Serializable;
import java.util.Optional;

/**
 * The name of a stream: 1 to 255 characters (Unicode code points), without control characters, not starting with {@code $}
 * (P2).
 *
 * <p>Case, spaces, punctuation and Unicode normal form are significant: two ids are equal if all their characters are. Ids
 * are ordered by their code points, as in the lists of {@link StreamCatalog}.
 *
 * @param value the whole name
 */
public record StreamId(String value) implements Comparable<StreamId>, Serializable {

    public StreamId {
        ArgumentChecks.name(value, "stream id");
    }

    /**
     * The stream of this name.
     *
     * @throws InvalidRequest if the name is not valid (P2)
     */
    public static StreamId of(String value) {
        return new StreamId(value);
    }

    /**
     * The stream <code>category-id</code>: {@code of("order", "42")} is {@code order-42}.
     *
     * @throws InvalidRequest if the category contains {@code -}, or the name is not valid (P2)
     */
    public static StreamId of(String category, String id) {
        ArgumentChecks.that(!ArgumentChecks.notNull(category, "category").isEmpty(), "category is empty");
        ArgumentChecks.that(
                category.indexOf('-') < 0,
                "category '" + ArgumentChecks.printable(category) + "' contains '-', which ends a category");
        return new StreamId(category + "-" + ArgumentChecks.notNull(id, "id"));
    }

    /**
     * The category: the text before the first {@code -}. Empty if there is no {@code -}, or the name starts with one (C1).
     */
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
