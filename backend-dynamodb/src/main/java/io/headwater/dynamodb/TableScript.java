package io.headwater.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** The request that makes a table as JSON, which {@code aws dynamodb create-table --cli-input-json} takes. */
final class TableScript {
    private static final int FIRST_PRINTABLE = 0x20;

    private final String table;
    private final TableSettings settings;

    TableScript(String table, TableSettings settings) {
        this.table = table;
        this.settings = settings;
    }

    String text() {
        List<String> members = new ArrayList<>(List.of(
                member("TableName", quoted(table)),
                member(
                        "AttributeDefinitions",
                        list(attribute(Key.PK, "AttributeType", "S"), attribute(Key.SK, "AttributeType", "S"))),
                member("KeySchema", list(attribute(Key.PK, "KeyType", "HASH"), attribute(Key.SK, "KeyType", "RANGE"))),
                member("BillingMode", quoted("PAY_PER_REQUEST")),
                member("DeletionProtectionEnabled", Boolean.toString(settings.protect()))));
        if (!settings.kmsKey().isEmpty()) {
            members.add(member(
                    "SSESpecification",
                    object(
                            member("Enabled", "true"),
                            member("SSEType", quoted("KMS")),
                            member("KMSMasterKeyId", quoted(settings.kmsKey())))));
        }
        if (!settings.tags().isEmpty()) {
            members.add(member(
                    "Tags", list(settings.tags().stream().map(TableScript::tag).toArray(String[]::new))));
        }
        return "{\n  " + String.join(",\n  ", members) + "\n}\n";
    }

    private static String attribute(String name, String member, String value) {
        return object(member("AttributeName", quoted(name)), member(member, quoted(value)));
    }

    private static String tag(Tag tag) {
        return object(member("Key", quoted(tag.key())), member("Value", quoted(tag.value())));
    }

    private static String member(String name, String json) {
        return quoted(name) + ": " + json;
    }

    private static String object(String... members) {
        return "{" + String.join(", ", members) + "}";
    }

    private static String list(String... values) {
        return "[" + String.join(", ", values) + "]";
    }

    private static String quoted(String text) {
        return '"' + text.codePoints().mapToObj(TableScript::escaped).collect(Collectors.joining()) + '"';
    }

    private static String escaped(int character) {
        if (character < FIRST_PRINTABLE) {
            return "\\u%04x".formatted(character);
        }
        String text = Character.toString(character);
        return character == '"' || character == '\\' ? '\\' + text : text;
    }
}
