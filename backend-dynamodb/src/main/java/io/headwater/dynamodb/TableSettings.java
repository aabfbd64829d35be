package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * How a table is made, and which are taken.
 *
 * @param protect with deletion protection and point-in-time recovery
 * @param kmsKey empty for DynamoDB's own
 * @param singleWriterRegion whether a table with replicas is taken
 */
record TableSettings(SchemaMode mode, boolean protect, String kmsKey, List<Tag> tags, boolean singleWriterRegion) {
    TableSettings {
        tags = List.copyOf(tags);
    }

    static TableSettings of(BackendContext context) {
        return new TableSettings(
                context.readOnly() ? SchemaMode.VALIDATE : context.option(DynamoOptions.SCHEMA),
                context.option(DynamoOptions.PROTECT).isSet(),
                context.option(DynamoOptions.KMS_KEY),
                tags(context.option(DynamoOptions.TAGS)),
                context.option(DynamoOptions.SINGLE_WRITER_REGION).isSet());
    }

    /** The same, for a table that is to be made if it is missing. */
    TableSettings creating() {
        return new TableSettings(SchemaMode.CREATE, protect, kmsKey, tags, singleWriterRegion);
    }

    private static List<Tag> tags(String text) {
        List<Tag> tags = new ArrayList<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new ConfigurationException(
                        "option 'tags' has '" + pair + "', expected is name=value, as in tags=team=shop,stage=test");
            }
            tags.add(Tag.builder()
                    .key(pair.substring(0, equals))
                    .value(pair.substring(equals + 1))
                    .build());
        }
        return tags;
    }
}
