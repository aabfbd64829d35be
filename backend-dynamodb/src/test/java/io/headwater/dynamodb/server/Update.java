package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an update expression does to an item: "Using update expressions in DynamoDB". All operands have the values that they had
 * before the update.
 */
record Update(List<UpdateAction> actions) {
    static final Update NOTHING = new Update(List.of());

    /** Where only elements are removed from what is not there, no item is made. */
    boolean createsItem() {
        return actions.isEmpty() || !ofNewItem().actions().isEmpty();
    }

    /** What it does to an item that is not there: there is nothing to remove from, whatever the path. */
    Update ofNewItem() {
        return new Update(actions.stream()
                .filter(action ->
                        !(action instanceof UpdateAction.Remove) && !(action instanceof UpdateAction.Subtract))
                .toList());
    }

    List<Path> paths() {
        return actions.stream().map(UpdateAction::path).toList();
    }

    Map<String, Value> applyTo(Map<String, Value> before) {
        Map<UpdateAction, Value> values = new LinkedHashMap<>();
        actions.forEach(action -> values.put(action, valueOf(action, before)));
        Document document = new Document(before);
        Map<Path, Value> assigned = new LinkedHashMap<>();
        values.forEach((action, value) -> {
            if (value != null) {
                assigned.put(action.path(), value);
            }
        });
        document.setAll(assigned);
        document.removeAll(values.keySet().stream()
                .filter(action -> values.get(action) == null)
                .map(UpdateAction::path)
                .toList());
        return document.attributes();
    }

    /** The new value, or null if nothing is left at the path. */
    private static Value valueOf(UpdateAction action, Map<String, Value> before) {
        if (action instanceof UpdateAction.Assign assign) {
            return Operand.required(assign.value(), before);
        }
        if (action instanceof UpdateAction.Add add) {
            return sum(add.path().in(before), add.value());
        }
        return action instanceof UpdateAction.Subtract subtract
                ? difference(subtract.path().in(before), subtract.elements())
                : null;
    }

    private static Value sum(Value before, Value added) {
        if (before == null) {
            return added;
        }
        if (before instanceof Value.Num a && added instanceof Value.Num b) {
            return new Value.Num(Numbers.result(a.number().add(b.number())));
        }
        if (before instanceof Value.SetOf a
                && added instanceof Value.SetOf b
                && a.type().equals(b.type())) {
            Set<Value> elements = new LinkedHashSet<>(a.elements());
            elements.addAll(b.elements());
            return new Value.SetOf(a.type(), elements);
        }
        throw ServiceException.validation(Operand.WRONG_TYPE);
    }

    private static Value difference(Value before, Value.SetOf removed) {
        if (before == null) {
            return null;
        }
        if (!before.type().equals(removed.type())) {
            throw ServiceException.validation(Operand.WRONG_TYPE);
        }
        Set<Value> elements = new LinkedHashSet<>(((Value.SetOf) before).elements());
        elements.removeAll(removed.elements());
        return elements.isEmpty() ? null : new Value.SetOf(removed.type(), elements);
    }
}
