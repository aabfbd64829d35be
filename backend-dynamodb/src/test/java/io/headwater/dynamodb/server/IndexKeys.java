package io.headwater.dynamodb.server;

import java.util.Map;
import java.util.stream.Stream;

/**
 * An attribute that is a key of a secondary index has the type that the table declares: "Using Global Secondary Indexes in
 * DynamoDB".
 */
final class IndexKeys {
    private IndexKeys() {}

    /** A path into an attribute that is a key leads nowhere, and is refused. */
    static void checkPaths(Stream<Path> paths, TableDefinition definition) {
        paths.filter(path -> !path.isAttribute()).map(Path::attribute).forEach(name -> {
            if (definition.schema().contains(name)) {
                throw notScalar("Key: " + name);
            }
            if (definition.indexKeys().containsKey(name)) {
                throw notScalar("IndexKey: " + name);
            }
        });
    }

    private static ServiceException notScalar(String key) {
        return ServiceException.validation(
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: " + key);
    }

    static void check(Map<String, Value> attributes, TableDefinition definition) {
        definition.indexKeys().forEach((name, index) -> {
            Value value = attributes.get(name);
            String type = definition.types().get(name);
            if (value != null && !value.type().equals(type)) {
                throw ServiceException.invalidParameter("Type mismatch for Index Key " + name + " Expected: " + type
                        + " Actual: " + value.type() + " IndexName: " + index);
            }
            if (value != null && !(value instanceof Value.Num) && Sizes.of(value) == 0) {
                throw ServiceException.validation(
                        "One or more parameter values are not valid. A value specified for a secondary index key is not supported."
                                + " The AttributeValue for a key attribute cannot contain an empty string value. IndexName: "
                                + index + ", IndexKey: " + name);
            }
        });
    }
}
