package io.headwater.dynamodb.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** "CreateTable". Secondary indexes are declared and described; reads of them are refused. */
final class CreateTable implements Operation {
    private static final int MIN_NAME = 3;

    private final Store store;
    private final Supplier<Latency> latency;

    CreateTable(Store store, Supplier<Latency> latency) {
        this.store = store;
        this.latency = latency;
    }

    @Override
    public Set<String> members() {
        return Set.of(
                "TableName",
                "AttributeDefinitions",
                "KeySchema",
                "BillingMode",
                "ProvisionedThroughput",
                "LocalSecondaryIndexes",
                "GlobalSecondaryIndexes",
                "SSESpecification",
                "Tags",
                "TableClass",
                "DeletionProtectionEnabled");
    }

    @Override
    public Map<String, Object> run(Request request, Call call) {
        checkMembers(request);
        Map<String, String> types = types(request);
        checkThroughput(request);
        KeySchema schema = SchemaParser.ofTable(request.list("KeySchema"), types);
        Map<String, String> indexKeys = IndexParser.keys(request, schema, types);
        checkDefinitions(types, schema, indexKeys);
        Duration creation = latency.get().table();
        TableDefinition definition = new TableDefinition(request, schema, types, indexKeys, creation);
        store.create(definition);
        return Map.of("TableDescription", definition.describe("CREATING", 0, 0));
    }

    private static void checkMembers(Request request) {
        if (!request.has("TableName")) {
            throw ServiceException.validation(
                    "The parameter 'TableName' is required but was not present in the request");
        }
        Constraints.on(request).tableName("tableName", request.text("TableName"), MIN_NAME);
        Constraints constraints = Constraints.on(request)
                .required("AttributeDefinitions")
                .required("KeySchema")
                .oneOf("BillingMode", "PROVISIONED", "PAY_PER_REQUEST")
                .oneOf("TableClass", "STANDARD", "STANDARD_INFREQUENT_ACCESS")
                .length("KeySchema", 1, Integer.MAX_VALUE);
        SchemaConstraints.check(request, constraints);
    }

    private static Map<String, String> types(Request request) {
        Map<String, String> types = new LinkedHashMap<>();
        for (Object each : request.list("AttributeDefinitions")) {
            Request definition = Request.of(each);
            String name = definition.text("AttributeName");
            if (types.put(name, definition.text("AttributeType")) != null) {
                throw ServiceException.invalidParameter("Duplicate AttributeName in AttributeDefinitions: " + name);
            }
        }
        return types;
    }

    private static void checkThroughput(Request request) {
        boolean provisioned = request.has("ProvisionedThroughput");
        if ("PAY_PER_REQUEST".equals(request.text("BillingMode")) && provisioned) {
            throw ServiceException.invalidParameter(
                    "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                            + " BillingMode is PAY_PER_REQUEST");
        }
        if (!"PAY_PER_REQUEST".equals(request.text("BillingMode")) && !provisioned) {
            throw ServiceException.invalidParameter(
                    "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
        }
    }

    private static void checkDefinitions(Map<String, String> types, KeySchema schema, Map<String, String> indexKeys) {
        for (String name : types.keySet()) {
            if (!schema.contains(name) && !indexKeys.containsKey(name)) {
                String problem = indexKeys.isEmpty()
                        ? "Number of attributes in KeySchema does not exactly match number of attributes defined in"
                                + " AttributeDefinitions"
                        : "Some AttributeDefinitions are not used. AttributeDefinitions: " + List.copyOf(types.keySet())
                                + ", keys used: " + indexKeys.keySet();
                throw ServiceException.invalidParameter(problem);
            }
        }
    }
}
