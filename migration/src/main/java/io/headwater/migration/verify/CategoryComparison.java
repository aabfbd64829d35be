package io.headwater.migration.verify;

import io.headwater.StreamCatalog;
import io.headwater.StreamCatalog.CategoryInfo;
import io.headwater.migration.store.StreamState;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the numbers of streams and events by category. */
final class CategoryComparison {
    private CategoryComparison() {}

    /** Returns how many categories were compared. */
    static long run(Iterator<StreamState> source, StreamCatalog target, Differences found) {
        Map<String, CategoryInfo> ours = counted(source);
        Map<String, CategoryInfo> theirs = byName(target);
        ours.forEach((name, category) -> compare(category, theirs.remove(name), found));
        theirs.values()
                .forEach(category -> found.accept(
                        Difference.ofCategory(category.name(), "only the target has it, with " + text(category))));
        return ours.size();
    }

    private static void compare(CategoryInfo ours, @Nullable CategoryInfo theirs, Differences found) {
        if (!ours.equals(theirs)) {
            String there = theirs == null ? "nothing" : text(theirs);
            found.accept(Difference.ofCategory(ours.name(), "the source has " + text(ours) + ", the target " + there));
        }
    }

    private static String text(CategoryInfo category) {
        return category.streams() + " streams and " + category.events() + " events";
    }

    private static Map<String, CategoryInfo> counted(Iterator<StreamState> streams) {
        Map<String, CategoryInfo> byName = new TreeMap<>();
        streams.forEachRemaining(state -> state.stream()
                .category()
                .ifPresent(name ->
                        byName.merge(name, new CategoryInfo(name, 1, state.events()), CategoryComparison::sum)));
        return byName;
    }

    private static CategoryInfo sum(CategoryInfo one, CategoryInfo other) {
        return new CategoryInfo(one.name(), one.streams() + other.streams(), one.events() + other.events());
    }

    private static Map<String, CategoryInfo> byName(StreamCatalog catalog) {
        return catalog.categories().stream()
                .collect(Collectors.toMap(CategoryInfo::name, category -> category, (one, other) -> one, TreeMap::new));
    }
}
