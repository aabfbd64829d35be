package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.IncompatibleStore;
import io.headwater.StoreMissing;
import io.headwater.dynamodb.Outcome.Refused;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.MultiRegionConsistency;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Makes or checks the table, and the item that says which store this is. */
final class DynamoSchema {
    static final int FORMAT = 1;
    private static final int STRIPES = 1;
    private static final String FORMAT_NAME = "format";
    private static final String STORE_ID = "storeId";
    private static final String STRIPES_NAME = "stripes";
    private static final String REMOVING = "removing";

    private final Table table;
    private final Keys keys;
    private final TableSettings settings;

    private DynamoSchema(Table table, Keys keys, TableSettings settings) {
        this.table = table;
        this.keys = keys;
        this.settings = settings;
    }

    /** Returns the id of the store. */
    static String prepare(Table table, Keys keys, TableSettings settings) {
        return new DynamoSchema(table, keys, settings).prepare();
    }

    /** The item that says that the store is there; empty where the table or the store is missing. */
    static Optional<Item> stored(Table table, Keys keys, TableSettings settings) {
        DynamoSchema schema = new DynamoSchema(table, keys, settings);
        Optional<TableDescription> found = new TableCreation(table, settings).find();
        found.ifPresent(schema::check);
        return found.flatMap(present -> table.get(keys.schema()));
    }

    /** The format of the store with this item. Throws {@link IncompatibleStore} if it is another than this version knows. */
    static int format(Keys keys, Item stored) {
        long format = stored.number(FORMAT_NAME);
        long stripes = stored.number(STRIPES_NAME);
        if (format != FORMAT || stripes != STRIPES) {
            throw new IncompatibleStore(
                    "store '%s' has the format %s with %s stripes, this version knows %s with %s: use the version that wrote it"
                            .formatted(keys.store(), format, stripes, FORMAT, STRIPES),
                    null);
        }
        if (stored.has(REMOVING)) {
            throw new IncompatibleStore(
                    "store '%s' is removed in part: run 'headwater schema drop' again to finish that"
                            .formatted(keys.store()),
                    null);
        }
        return FORMAT;
    }

    /** Says that the store is being removed. */
    static Write removing(Keys keys) {
        return Write.update(keys.schema(), "SET #" + REMOVING + " = :yes")
                .onlyIf("attribute_exists(#pk)")
                .value("yes", 1);
    }

    private String prepare() {
        TableCreation creation = new TableCreation(table, settings);
        Optional<TableDescription> found = creation.find();
        if (found.isEmpty() && settings.mode() == SchemaMode.VALIDATE) {
            throw new StoreMissing("table '" + table.name()
                    + "' does not exist: check name, region and account, or open the store with schema=create to"
                    + " create it");
        }
        TableDescription ready = found.isPresent() ? creation.awaitActive(found) : creation.create();
        check(ready);
        return storeId(table.get(keys.schema()).orElseGet(() -> {
            refuseIfValidating();
            creation.finish(ready);
            return create();
        }));
    }

    private void check(TableDescription found) {
        if (!isOurs(found)) {
            throw new IncompatibleStore(
                    "table '%s' does not have the keys pk and sk, both of type string: it is not a table of event stores"
                            .formatted(table.name()),
                    null);
        }
        if (found.multiRegionConsistency() == MultiRegionConsistency.STRONG) {
            throw new ConfigurationException(
                    "table '%s' has multi-Region strong consistency, and so no transactions".formatted(table.name()));
        }
        if (found.hasReplicas() && !found.replicas().isEmpty() && !settings.singleWriterRegion()) {
            throw new ConfigurationException(
                    "table '%s' has replicas, and writes of two regions break the order of the log: write to this region only, and say so with singleWriterRegion=true"
                            .formatted(table.name()));
        }
    }

    private static boolean isOurs(TableDescription found) {
        List<KeySchemaElement> expected = TableCreation.KEY;
        boolean texts = found.attributeDefinitions().stream()
                .filter(attribute -> isKey(attribute))
                .allMatch(attribute -> attribute.attributeType() == ScalarAttributeType.S);
        return texts && found.keySchema().equals(expected);
    }

    private static boolean isKey(AttributeDefinition attribute) {
        return TableCreation.KEY.stream()
                .map(KeySchemaElement::attributeName)
                .anyMatch(attribute.attributeName()::equals);
    }

    private void refuseIfValidating() {
        if (settings.mode() == SchemaMode.VALIDATE) {
            throw new StoreMissing(
                    "table '%s' has no store '%s': check the name, or open it with schema=create to create it"
                            .formatted(table.name(), keys.store()));
        }
    }

    private Item create() {
        Item item = Item.at(keys.schema())
                .with(FORMAT_NAME, FORMAT)
                .with(STORE_ID, UUID.randomUUID().toString())
                .with(STRIPES_NAME, STRIPES);
        Outcome outcome = table.settle(() -> table.write(Write.put(item).onlyIf("attribute_not_exists(#pk)")));
        return outcome instanceof Refused refused ? refused.item(keys.schema()).orElse(item) : item;
    }

    private String storeId(Item item) {
        format(keys, item);
        return item.text(STORE_ID);
    }
}
