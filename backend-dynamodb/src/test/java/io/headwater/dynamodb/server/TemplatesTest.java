package io.headwater.dynamodb.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The templates that the documentation gives make the table that the backend makes. */
class TemplatesTest {
    private static final Path TEMPLATES = Path.of("..", "docs", "backends", "dynamodb");

    @Test
    void cloudformation() throws IOException {
        Map<String, Object> template = read("table.cloudformation.json");
        Map<String, Object> table = at(template, "Resources", "Events");
        Map<String, Object> properties = new LinkedHashMap<>(at(table, "Properties"));
        assertThat(table).containsEntry("Type", "AWS::DynamoDB::Table").containsEntry("DeletionPolicy", "Retain");
        assertThat(properties.remove("PointInTimeRecoverySpecification"))
                .isEqualTo(Map.of("PointInTimeRecoveryEnabled", true));
        assertThat(properties.put(
                        "TableName", at(template, "Parameters", "TableName").get("Default")))
                .isEqualTo(Map.of("Ref", "TableName"));
        assertThat(properties).isEqualTo(madeByTheBackend());
    }

    @Test
    void terraform() throws IOException {
        Map<String, Object> template = read("table.tf.json");
        Map<String, Object> table = at(template, "resource", "aws_dynamodb_table", "events");
        assertThat(table)
                .containsEntry("name", "${var.table_name}")
                .containsEntry("point_in_time_recovery", Map.of("enabled", true))
                .containsEntry("lifecycle", Map.of("prevent_destroy", true));
        assertThat(creation(table, at(template, "variable", "table_name").get("default")))
                .isEqualTo(madeByTheBackend());
    }

    /** The request that Terraform makes of its arguments. */
    private static Map<String, Object> creation(Map<String, Object> table, Object name) {
        return Map.of(
                "TableName", name,
                "BillingMode", table.get("billing_mode"),
                "AttributeDefinitions",
                        ((List<?>) table.get("attribute"))
                                .stream()
                                        .map(attribute -> (Map<?, ?>) attribute)
                                        .map(attribute -> Map.of(
                                                "AttributeName", attribute.get("name"),
                                                "AttributeType", attribute.get("type")))
                                        .toList(),
                "KeySchema",
                        List.of(
                                Map.of("AttributeName", table.get("hash_key"), "KeyType", "HASH"),
                                Map.of("AttributeName", table.get("range_key"), "KeyType", "RANGE")),
                "DeletionProtectionEnabled", table.get("deletion_protection_enabled"));
    }

    private static Map<String, Object> madeByTheBackend() {
        try (DynamoServer server = DynamoServer.start()) {
            EventStores.open("dynamodb://events?region=eu-central-1&requestTimeout=30s&endpoint=" + server.endpoint())
                    .close();
            return server.creation("events");
        }
    }

    private static Map<String, Object> read(String file) throws IOException {
        return object(Json.read(Files.readAllBytes(TEMPLATES.resolve(file))));
    }

    private static Map<String, Object> at(Map<String, Object> within, String... names) {
        Map<String, Object> found = within;
        for (String name : names) {
            found = object(found.get(name));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }
}
