package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** "Paginating table query results in DynamoDB": a page ends after the limit, or before it exceeds 1 MB. */
final class PageReader {
    private static final int MAX_BYTES = 1024 * Sizes.KILOBYTE;

    private final PageRequest request;
    private final List<Item> items = new ArrayList<>();
    private long bytes;

    private PageReader(PageRequest request) {
        this.request = request;
    }

    static Page read(PageRequest request) {
        return new PageReader(request).read();
    }

    private Page read() {
        for (Cell cell : range().values()) {
            Item item = cell.asOf(request.asOf());
            if (item == null) {
                continue;
            }
            if (!request.included().test(item)) {
                if (items.isEmpty()) {
                    continue;
                }
                break;
            }
            if (!items.isEmpty() && bytes + item.size() > MAX_BYTES) {
                return page(true);
            }
            items.add(item);
            bytes += item.size();
            if (items.size() == request.limit()) {
                return page(true);
            }
        }
        return page(false);
    }

    private Page page(boolean more) {
        return new Page(items, bytes, more ? items.get(items.size() - 1) : null);
    }

    private NavigableMap<Place, Cell> range() {
        NavigableMap<Place, Cell> range = request.table().cells();
        if (request.lower() != null) {
            range = range.tailMap(request.lower(), true);
        }
        if (request.upper() != null) {
            range = range.headMap(request.upper(), false);
        }
        if (request.after() != null) {
            range = request.forward() ? range.tailMap(request.after(), false) : range.headMap(request.after(), false);
        }
        return request.forward() ? range : range.descendingMap();
    }
}
