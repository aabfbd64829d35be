package io.headwater.internal;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.BulkImport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks every request before the first is made.
 *
 * @param backend what makes them
 * @param check throws for a request that the store does not take
 */
record CheckedBulkImport(BulkImport backend, Consumer<AppendRequest> check) implements BulkImport {

    @Override
    public List<AppendOutcome> appendAll(List<AppendRequest> requests) {
        List<AppendRequest> copy = new ArrayList<>(requests);
        copy.forEach(check);
        return backend.appendAll(copy);
    }
}
