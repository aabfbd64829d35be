package io.headwater.dynamodb.server;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;

/** "Scan". Segments are ranges of the hash of the partition key: "Parallel scan" in "Scanning tables in DynamoDB". */
final class Scan implements Operation {
    private static final int MAX_SEGMENTS = 1_000_000;
    private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(Long.SIZE);

    private final Store store;
    private final Reader reader;

    Scan(Store store, Reader reader) {
        this.store = store;
        this.reader = reader;
    }

    @Override
    public Set<String> members() {
        return ItemMembers.ofRead("Segment", "TotalSegments");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        String name = Constraints.tableName(request);
        ItemMembers.constraints(request)
                .oneOf("Select", "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES")
                .atLeast("Limit", 1)
                .atLeast("Segment", 0)
                .atLeast("TotalSegments", 1)
                .atMost("TotalSegments", MAX_SEGMENTS)
                .check();
        Map<String, Value> start = Pages.startAttributes(request);
        checkSegments(request);
        LegacyParameters.checkPlaceholders(request, "FilterExpression", "ProjectionExpression");
        Pages.checkSelect(request);
        Placeholders placeholders = Placeholders.of(request);
        Pages pages = new Pages(request, call, placeholders);
        placeholders.checkAllUsed();
        Table table = store.table(name);
        pages.check(table);
        return pages.response(table, reader.page(page(request, table, Pages.startKey(start, table), call)));
    }

    private PageRequest page(Request request, Table table, Key start, Call call) {
        boolean whole = !request.has("Segment");
        int total = whole ? 1 : request.integer("TotalSegments");
        int segment = whole ? 0 : request.integer("Segment");
        Place lower = segment == 0 ? null : boundary(segment, total);
        Place upper = segment == total - 1 ? null : boundary(segment + 1, total);
        Place after = start == null ? null : Place.of(start);
        if (after != null
                && (lower != null && after.compareTo(lower) < 0 || upper != null && after.compareTo(upper) >= 0)) {
            throw ServiceException.validation(
                    "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use"
                            + " ExclusiveStartKey with correct Segment. TotalSegments: " + total + " Segment: "
                            + segment);
        }
        return new PageRequest(
                table,
                lower,
                upper,
                after,
                true,
                item -> true,
                reader.limit(request.integer("Limit"), call),
                reader.asOf(request.flag("ConsistentRead"), call));
    }

    private static Place boundary(int segment, int total) {
        return Place.fromHash(HASHES.multiply(BigInteger.valueOf(segment))
                .divide(BigInteger.valueOf(total))
                .longValue());
    }

    private static void checkSegments(Request request) {
        Integer segment = request.integer("Segment");
        Integer total = request.integer("TotalSegments");
        if (segment != null && total == null) {
            throw ServiceException.validation(
                    "The TotalSegments parameter is required but was not present in the request when"
                            + " Segment parameter is present");
        }
        if (segment == null && total != null) {
            throw ServiceException.validation(
                    "The Segment parameter is required but was not present in the request when parameter TotalSegments"
                            + " is present");
        }
        if (segment != null && segment >= total) {
            throw ServiceException.validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments:" + " Segment: "
                            + segment + " is not less than TotalSegments: " + total);
        }
    }
}
