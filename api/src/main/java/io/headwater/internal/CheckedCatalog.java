package io.headwater.internal;

import io.headwater.InvalidRequest;
import io.headwater.Names;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import java.util.List;
import java.util.Optional;

/**
 * Refuses a page of nothing, as every other read does (R4), and a prefix that no name can have.
 *
 * @param backend what lists
 */
record CheckedCatalog(StreamCatalog backend) implements StreamCatalog {

    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        if (limit < 1) {
            throw new InvalidRequest("limit " + limit + " is not positive");
        }
        return backend.streams(Names.checkPart(prefix, "prefix"), after, limit);
    }

    @Override
    public List<CategoryInfo> categories() {
        return backend.categories();
    }
}
