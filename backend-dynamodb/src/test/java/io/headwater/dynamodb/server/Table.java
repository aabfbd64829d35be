package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The items of a table. Not safe for threads: {@link Store} guards it. */
final class Table {
    private final TableDefinition definition;
    private final NavigableMap<Place, Cell> cells = new TreeMap<>();
    private long count;
    private long bytes;

    Table(TableDefinition definition) {
        this.definition = definition;
    }

    TableDefinition definition() {
        return definition;
    }

    KeySchema schema() {
        return definition.schema();
    }

    String name() {
        return definition.name();
    }

    NavigableMap<Place, Cell> cells() {
        return cells;
    }

    /** Null if there never was such an item. */
    Cell find(Key key) {
        return cells.get(Place.of(key));
    }

    Cell cell(Key key) {
        return cells.computeIfAbsent(Place.of(key), place -> new Cell());
    }

    void removeIfEmpty(Key key) {
        Place place = Place.of(key);
        Cell cell = cells.get(place);
        if (cell != null && cell.isEmpty()) {
            cells.remove(place);
        }
    }

    /** Null deletes the item. What was replaced before {@code keepFrom} is forgotten. */
    void replace(Cell cell, Item item, long now, long keepFrom) {
        add(cell.newest(), -1);
        add(item, 1);
        cell.replace(item, now, keepFrom);
    }

    private void add(Item item, int items) {
        if (item != null) {
            count += items;
            bytes += items * (long) item.size();
        }
    }

    void clear() {
        cells.clear();
        count = 0;
        bytes = 0;
    }

    /** The number of items. */
    long count() {
        return count;
    }

    /** The size of all items. */
    long bytes() {
        return bytes;
    }

    List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (Cell cell : cells.values()) {
            if (cell.newest() != null) {
                items.add(cell.newest());
            }
        }
        return items;
    }

    Key keyOf(Item item) {
        Map<String, Value> attributes = item.attributes();
        KeySchema schema = schema();
        Value sort = schema.sort() == null ? null : attributes.get(schema.sort().name());
        return new Key(attributes.get(schema.partition().name()), sort);
    }
}
