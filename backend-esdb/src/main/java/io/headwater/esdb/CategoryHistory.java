package io.headwater.esdb;

import io.headwater.esdb.EsdbOptions.Categories;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The history of categories, as the server keeps it beside the log. It may lag, stand still or lack: what lies behind it
 * is read from the log with a filter, so a category is always complete.
 */
final class CategoryHistory {
    private final Server server;
    private final Categories way;
    private final CategoryLinks links;
    private final CategoryIndex index;

    CategoryHistory(Server server, Namespace namespace, Categories way, LongSupplier nanoTime) {
        this.server = server;
        this.way = way;
        this.links = new CategoryLinks(server, namespace, nanoTime);
        this.index = new CategoryIndex(server, namespace);
    }

    /**
     * The next events of a category behind a place, forwards.
     *
     * @param limit the maximum number of events
     * @return empty if the log has to be read with a filter from there
     */
    Optional<CategoryPage> page(CallContext context, String category, long from, int limit) {
        return switch (used(context)) {
            case INDEX -> index.page(context, category, from, limit);
            case PROJECTION -> links.page(context, category, from, limit);
            default -> Optional.empty();
        };
    }

    /** The way that is used where it can be. */
    Categories used(CallContext context) {
        if (way != Categories.AUTO) {
            return way;
        }
        return server.discovery().leader(context).info().hasIndex() ? Categories.INDEX : Categories.PROJECTION;
    }

    CategoryLinks links() {
        return links;
    }
}
