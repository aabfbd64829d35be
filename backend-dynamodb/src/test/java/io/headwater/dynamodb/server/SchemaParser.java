package io.headwater.dynamodb.server;

import java.util.List;
import java.util.Map;

/** Key schemas of tables and indexes, of one or two elements: "KeySchemaElement" in the API Reference. */
final class SchemaParser {
    private SchemaParser() {}

    static KeySchema ofTable(List<Object> json, Map<String, String> types) {
        if (json.size() > types.size()) {
            throw invalid("Some index key attribute have no definition");
        }
        return parse(json, types);
    }

    static KeySchema parse(List<Object> json, Map<String, String> types) {
        List<Request> elements = json.stream().map(Request::of).toList();
        List<String> names =
                elements.stream().map(element -> element.text("AttributeName")).toList();
        if (!types.keySet().containsAll(names)) {
            throw ServiceException.invalidParameter(
                    "Some index key attributes are not defined in AttributeDefinitions. Keys: " + names
                            + ", AttributeDefinitions: " + types.keySet());
        }
        if (names.size() == 2 && names.get(0).equals(names.get(1))) {
            throw ServiceException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        if (!"HASH".equals(elements.get(0).text("KeyType"))) {
            throw invalid("The first KeySchemaElement is not a HASH key type");
        }
        if (elements.size() == 2 && !"RANGE".equals(elements.get(1).text("KeyType"))) {
            throw invalid("The second KeySchemaElement is not a RANGE key type");
        }
        List<KeySchema.Element> keys = names.stream()
                .map(name -> new KeySchema.Element(name, types.get(name)))
                .toList();
        return new KeySchema(keys.get(0), keys.size() == 2 ? keys.get(1) : null);
    }

    private static ServiceException invalid(String problem) {
        return ServiceException.validation("Invalid KeySchema: " + problem);
    }
}
