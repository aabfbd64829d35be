package io.headwater.dynamodb.server;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declarations of secondary indexes: "CreateTable", "Quotas in Amazon DynamoDB". */
final class IndexParser {
    private static final Map<String, Integer> MAXIMA = Map.of("LocalSecondaryIndexes", 5, "GlobalSecondaryIndexes", 20);

    private final KeySchema table;
    private final Map<String, String> types;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    private IndexParser(KeySchema table, Map<String, String> types) {
        this.table = table;
        this.types = types;
    }

    /** The names of indexes by the attributes that are their keys. */
    static Map<String, String> keys(Request request, KeySchema table, Map<String, String> types) {
        IndexParser parser = new IndexParser(table, types);
        parser.readAll(request, "LocalSecondaryIndexes");
        parser.readAll(request, "GlobalSecondaryIndexes");
        return parser.keys;
    }

    private void readAll(Request request, String kind) {
        if (!request.has(kind)) {
            return;
        }
        List<Object> indexes = request.list(kind);
        if (indexes.isEmpty()) {
            throw ServiceException.invalidParameter("List of " + kind + " is empty");
        }
        boolean local = kind.startsWith("Local");
        if (local && table.sort() == null) {
            throw ServiceException.invalidParameter(
                    "Table KeySchema does not have a range key, which is required when specifying a"
                            + " LocalSecondaryIndex");
        }
        indexes.forEach(index -> read(Request.of(index), local));
        if (indexes.size() > MAXIMA.get(kind)) {
            throw ServiceException.invalidParameter(
                    local
                            ? "Number of LocalSecondaryIndexes exceeds per-table limit of 5"
                            : "GlobalSecondaryIndex count exceeds the per-table limit of 20");
        }
    }

    private void read(Request index, boolean local) {
        Constraints.on(index).required("KeySchema").length("KeySchema", 1, 2).check();
        String name = index.text("IndexName");
        KeySchema schema = SchemaParser.parse(index.list("KeySchema"), types);
        if (local && schema.sort() == null) {
            throw ServiceException.invalidParameter("Index KeySchema does not have a range key for index: " + name);
        }
        if (local && !schema.partition().equals(table.partition())) {
            throw ServiceException.invalidParameter(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for"
                            + " index: " + name + ". index hash key: "
                            + schema.partition().name() + ", table hash key: "
                            + table.partition().name());
        }
        checkProjection(index);
        if (!names.add(name)) {
            throw ServiceException.invalidParameter("Duplicate index name: " + name);
        }
        schema.elements().forEach(element -> keys.putIfAbsent(element.name(), name));
    }

    private static void checkProjection(Request index) {
        Request projection = index.request("Projection");
        String type = projection == null ? null : projection.text("ProjectionType");
        if (type == null) {
            throw ServiceException.invalidParameter("Unknown ProjectionType: null");
        }
        boolean include = type.equals("INCLUDE");
        if (projection.has("NonKeyAttributes") && !include) {
            throw ServiceException.invalidParameter(
                    "ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        if (include && !projection.has("NonKeyAttributes")) {
            throw ServiceException.invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        Set<Object> projected = new HashSet<>();
        for (Object name : include ? projection.list("NonKeyAttributes") : List.of()) {
            if (!projected.add(name)) {
                throw ServiceException.invalidParameter("Duplicate attribute in NonKeyAttributes: " + name);
            }
        }
    }
}
