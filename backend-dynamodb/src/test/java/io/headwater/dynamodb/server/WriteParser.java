package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Writes out of requests, or out of actions of a transaction. Expressions are read at once; keys and items are checked when the
 * write is asked for, since a transaction reports what is wrong with them among its reasons.
 */
final class WriteParser {
    private final Table table;
    private final Request request;
    private final Placeholders placeholders;

    WriteParser(Table table, Request request, Placeholders placeholders) {
        this.table = table;
        this.request = request;
        this.placeholders = placeholders;
    }

    Supplier<Write> put() {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return () -> {
            Map<String, Value> attributes = ValueReader.attributes(request.object("Item"));
            Item item = Item.of(attributes);
            Key key = Keys.ofItem(attributes, table.schema());
            IndexKeys.check(attributes, table.definition());
            checkSize(item, "Item size has exceeded the maximum allowed size");
            return write(key, condition, before -> item);
        };
    }

    Supplier<Write> delete() {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return () -> write(key(), condition, before -> null);
    }

    Supplier<Write> check() {
        Condition condition = condition();
        placeholders.checkAllUsed();
        return () -> write(key(), condition, null);
    }

    Supplier<Write> update(Update update) {
        Condition condition = condition();
        placeholders.checkAllUsed();
        for (Path path : update.paths()) {
            if (table.schema().contains(path.attribute())) {
                throw ServiceException.invalidParameter(
                        "Cannot update attribute " + path.attribute() + ". This attribute is part of the key");
            }
        }
        return () -> {
            Key key = key();
            return write(key, condition, before -> updated(before, key, update));
        };
    }

    Update update() {
        String expression = request.text("UpdateExpression");
        return expression == null ? Update.NOTHING : new Update(UpdateParser.parse(expression, placeholders));
    }

    private Item updated(Item before, Key key, Update update) {
        Map<String, Value> attributes =
                new LinkedHashMap<>(before == null ? Keys.attributes(key, table.schema()) : before.attributes());
        Map<String, Value> changed = update.applyTo(attributes);
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

    private Key key() {
        return Keys.ofRequest(ValueReader.attributes(request.object("Key")), table.schema());
    }

    private Write write(Key key, Condition condition, UnaryOperator<Item> change) {
        boolean returnsItem = "ALL_OLD".equals(request.text("ReturnValuesOnConditionCheckFailure"));
        return new Write(table, key, condition, returnsItem, change);
    }
}
