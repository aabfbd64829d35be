package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;

/** Key schemas of tables and indexes: "KeySchemaElement" in the API Reference. */
final class SchemaParser {
    private SchemaParser() {}

    static KeySchema parse(List<Object> json, Map<String, String> types) {
        Request partition = Request.of(json.get(0));
        Request sort = json.size() == 1 ? null : Request.of(json.get(1));
        Constraints.on(partition).required("AttributeName").check();
        if (sort != null) {
            Constraints.on(sort).required("AttributeName").check();
        }
        if (!"HASH".equals(partition.text("KeyType"))) {
            throw ServiceException.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (sort != null && sort.text("AttributeName").equals(partition.text("AttributeName"))) {
            throw ServiceException.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        if (sort != null && !"RANGE".equals(sort.text("KeyType"))) {
            throw ServiceException.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        return new KeySchema(element(partition, types), sort == null ? null : element(sort, types));
    }

    private static KeySchema.Element element(Request json, Map<String, String> types) {
        String name = json.text("AttributeName");
        if (!types.containsKey(name)) {
            throw ServiceException.invalidParameter(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: [" + name
                            + "], AttributeDefinitions: " + types.keySet());
        }
        return new KeySchema.Element(name, types.get(name));
    }
}
