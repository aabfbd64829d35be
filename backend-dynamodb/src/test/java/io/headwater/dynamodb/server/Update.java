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
        return actions.isEmpty()
                || actions.stream()
                        .anyMatch(
                                action -> action instanceof UpdateAction.Assign || action instanceof UpdateAction.Add);
    }

    List<Path> paths() {
        return actions.stream().map(UpdateAction::path).toList();
    }

    Map<String, Value> applyTo(Map<String, Value> before) {
        Map<UpdateAction, Value> values = new LinkedHashMap<>();
        actions.forEach(action -> values.put(action, valueOf(action, before)));
        Document document = new Document(before);
        values.forEach((action, value) -> {
            if (value != null) {
                document.set(action.path(), value);
            }
        });
        document.removeAll(values.keySet().stream()
                .filter(action -> values.get(action) == null && isRemoval(action, before))
                .map(UpdateAction::path)
                .toList());
        return document.attributes();
    }

    private static boolean isRemoval(UpdateAction action, Map<String, Value> before) {
        return action instanceof UpdateAction.Remove || action.path().in(before) != null;
    }

    /** The new value, or null if the path is removed, or stays as it is. */
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
            return new Value.Num(Numbers.checked(a.number().add(b.number())));
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
