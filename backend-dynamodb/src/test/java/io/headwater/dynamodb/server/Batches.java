package io.headwater.dynamodb.server;

import java.util.Map;

/** What the batch operations have in common. */
final class Batches {
    private Batches() {}

    /** The member {@code RequestItems}, by valid names of tables. */
    static Map<String, Object> tables(Request request, String operation) {
        Map<String, Object> tables = request.object("RequestItems");
        if (tables == null || tables.isEmpty()) {
            throw ServiceException.validation("The requestItems parameter is required for " + operation);
        }
        tables.keySet().forEach(name -> Constraints.tableName("requestItems." + name + ".member", name));
        return tables;
    }
}
