package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Writes out of requests, or out of actions of a transaction. Expressions are read before a table is looked for; keys and items are
 * checked with the table, and a transaction reports what is wrong with them among its reasons.
 */
final class WriteParser {
    private final Request request;
    private final Placeholders placeholders;

    WriteParser(Request request) {
        this.request = request;
        this.placeholders = Placeholders.of(request);
    }

    Function<Table, Write> put() {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return table -> {
            Item item = item(request);
            Key key = Keys.ofItem(item.attributes(), table.schema());
            IndexKeys.check(item.attributes(), table.definition());
            return write(table, key, condition, before -> item);
        };
    }

    Function<Table, Write> delete() {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return table -> write(table, key(table), condition, before -> null);
    }

    Function<Table, Write> check() {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return table -> write(table, key(table), condition, null);
    }

    Function<Table, Write> update(Update update) {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return table -> {
            checkNoKey(update, table.schema());
            IndexKeys.checkPaths(update.paths().stream(), table.definition());
            Key key = key(table);
            return write(table, key, condition, before -> updated(table, before, key, update));
        };
    }

    Update update() {
        String expression = request.text("UpdateExpression");
        return expression == null ? Update.NOTHING : new Update(UpdateParser.parse(expression, placeholders));
    }

    /** The item of a request that puts one. */
    static Item item(Request request) {
        Item item = Item.of(ValueReader.attributes(request.object("Item")));
        checkSize(item, "Item size has exceeded the maximum allowed size");
        return item;
    }

    private static void checkNoKey(Update update, KeySchema schema) {
        for (Path path : update.paths()) {
            if (schema.contains(path.attribute())) {
                throw ServiceException.invalidParameter(
                        "Cannot update attribute " + path.attribute() + ". This attribute is part of the key");
            }
        }
    }

    private static Item updated(Table table, Item before, Key key, Update update) {
        Map<String, Value> attributes =
                new LinkedHashMap<>(before == null ? Keys.attributes(key, table.schema()) : before.attributes());
        Map<String, Value> changed = (before == null ? update.ofNewItem() : update).applyTo(attributes);
        if (before == null && !update.createsItem()) {
            return null;
        }
        Item item = Item.of(changed);
        IndexKeys.check(changed, table.definition());
        checkSize(item, "Item size to update has exceeded the maximum allowed size");
        return item;
    }

    private static void checkSize(Item item, String message) {
        if (item.size() > Sizes.MAX_ITEM) {
            throw ServiceException.validation(message);
        }
    }

    private Condition condition() {
        String expression = request.text("ConditionExpression");
        return expression == null ? null : ConditionParser.parse("ConditionExpression", expression, placeholders);
    }

    private Key key(Table table) {
        return Keys.ofRequest(ValueReader.attributes(request.object("Key")), table.schema());
    }

    private Write write(Table table, Key key, Condition condition, UnaryOperator<Item> change) {
        boolean returnsItem = "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure"));
        return new Write(table, key, condition, returnsItem, change);
    }
}
