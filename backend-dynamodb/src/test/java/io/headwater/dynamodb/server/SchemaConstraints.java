package io.headwater.dynamodb.server;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The constraints on the members of {@code CreateTable} that declare attributes, keys, indexes and tags. */
final class SchemaConstraints {
    private static final int MIN_NAME = 3;
    /** "Quotas in Amazon DynamoDB", secondary indexes. */
    private static final int MAX_PROJECTED = 20;
    /** "Tagging for DynamoDB", tagging restrictions. */
    private static final int MAX_TAGS = 50;

    private static final int MAX_TAG_KEY = 128;
    private static final int MAX_TAG_VALUE = 256;

    private final Constraints constraints;

    private SchemaConstraints(Constraints constraints) {
        this.constraints = constraints;
    }

    static void check(Request request, Constraints constraints) {
        SchemaConstraints all = new SchemaConstraints(constraints);
        all.definitions(request);
        all.keys(request, "keySchema");
        all.indexes(request, "LocalSecondaryIndexes");
        all.indexes(request, "GlobalSecondaryIndexes");
        if (request.has("ProvisionedThroughput")) {
            all.throughput(request.request("ProvisionedThroughput"), "provisionedThroughput");
        }
        constraints.check();
        checkTags(request);
    }

    private static List<Object> elements(Request request, String name) {
        return request.has(name) ? request.list(name) : List.of();
    }

    private void definitions(Request request) {
        List<Object> definitions = elements(request, "AttributeDefinitions");
        for (int i = 0; i < definitions.size(); i++) {
            Request definition = Request.of(definitions.get(i));
            String member = "attributeDefinitions." + (i + 1) + ".member";
            constraints.attributeName(member + ".attributeName", definition.text("AttributeName"));
            constraints.value(member + ".attributeType", definition.text("AttributeType"), "B", "N", "S");
        }
    }

    /** Of a table, or of an index. */
    private void keys(Request request, String member) {
        List<Object> elements = elements(request, "KeySchema");
        for (int i = 0; i < elements.size(); i++) {
            Request element = Request.of(elements.get(i));
            String one = member + "." + (i + 1) + ".member";
            constraints.attributeName(one + ".attributeName", element.text("AttributeName"));
            constraints.value(one + ".keyType", element.text("KeyType"), "HASH", "RANGE");
        }
        if (elements.size() > 2) {
            List<String> shown = elements.stream()
                    .map(Request::of)
                    .map(element -> "KeySchemaElement(attributeName=" + element.text("AttributeName") + ", keyType="
                            + element.text("KeyType") + ")")
                    .toList();
            constraints.violate(member, shown, "Member must have length less than or equal to 2");
        }
    }

    private void indexes(Request request, String kind) {
        List<Object> indexes = elements(request, kind);
        for (int i = 0; i < indexes.size(); i++) {
            Request index = Request.of(indexes.get(i));
            String member = Constraints.member(kind) + "." + (i + 1) + ".member";
            constraints.resourceName(member + ".indexName", index.text("IndexName"), MIN_NAME);
            keys(index, member + ".keySchema");
            if (index.has("Projection")) {
                projection(index.request("Projection"), member + ".projection");
            }
            if (index.has("ProvisionedThroughput")) {
                throughput(index.request("ProvisionedThroughput"), member + ".provisionedThroughput");
            }
        }
    }

    private void projection(Request projection, String member) {
        String type = projection.text("ProjectionType");
        if (type != null) {
            constraints.value(member + ".projectionType", type, "ALL", "INCLUDE", "KEYS_ONLY");
        }
        List<String> names = elements(projection, "NonKeyAttributes").stream()
                .map(Request::asText)
                .toList();
        if (projection.has("NonKeyAttributes") && names.isEmpty()) {
            constraints.violate(
                    member + ".nonKeyAttributes", names, "Member must have length greater than or equal to 1");
        } else if (names.size() > MAX_PROJECTED) {
            constraints.violate(
                    member + ".nonKeyAttributes",
                    names,
                    "Member must have length less than or equal to " + MAX_PROJECTED);
        }
        for (int i = 0; i < names.size(); i++) {
            constraints.attributeName(member + ".nonKeyAttributes." + (i + 1) + ".member", names.get(i));
        }
    }

    private void throughput(Request throughput, String member) {
        for (String name : List.of("ReadCapacityUnits", "WriteCapacityUnits")) {
            constraints.atLeast(member + "." + Constraints.member(name), throughput.integer(name), 1);
        }
    }

    private static void checkTags(Request request) {
        List<Object> tags = elements(request, "Tags");
        if (tags.size() > MAX_TAGS) {
            throw ServiceException.invalidParameter("Too many tags: expected at most " + MAX_TAGS);
        }
        Set<String> keys = new HashSet<>();
        Constraints constraints = Constraints.on(request);
        for (int i = 0; i < tags.size(); i++) {
            Request tag = Request.of(tags.get(i));
            String member = "tags." + (i + 1) + ".member";
            constraints.text(member + ".key", tag.text("Key"), 1, MAX_TAG_KEY);
            constraints.text(member + ".value", tag.text("Value"), 0, MAX_TAG_VALUE);
            constraints.check();
            if (!keys.add(tag.text("Key"))) {
                throw ServiceException.invalidParameter("Duplicate tag key: " + tag.text("Key"));
            }
        }
    }
}
