package io.headwater.dynamodb.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** All tables, and what is done to single items, one thing at a time. */
final class Store {
    /** The newest state, for {@link #read}. */
    static final long NOW = Long.MAX_VALUE;

    private static final String NOT_FOUND = "Requested resource not found";

    private final Map<String, Table> tables = new HashMap<>();
    private final Faults faults;

    Store(Faults faults) {
        this.faults = faults;
    }

    synchronized void create(TableDefinition definition) {
        if (tables.putIfAbsent(definition.name(), new Table(definition)) != null) {
            throw ServiceException.inUse("Table already exists: " + definition.name());
        }
    }

    /** For operations on items; a table that is being created is not there yet. */
    synchronized Table table(String name) {
        Table table = tables.get(name);
        if (table == null || !table.definition().isActive()) {
            throw ServiceException.notFound(NOT_FOUND);
        }
        return table;
    }

    /** With the name in the message, as the operations on tables have it. */
    synchronized Table tableNamed(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw ServiceException.notFound(NOT_FOUND + ": Table: " + name + " not found");
        }
        return table;
    }

    synchronized Table drop(String name) {
        Table table = tableNamed(name);
        if (!table.definition().isActive()) {
            throw ServiceException.inUse(
                    "Attempt to change a resource which is still in use: Table is being created: " + name);
        }
        if (table.definition().isProtected()) {
            throw ServiceException.validation(
                    "Resource cannot be deleted as it is currently protected against deletion. Disable"
                            + " deletion protection first.");
        }
        return tables.remove(name);
    }

    synchronized SortedSet<String> names() {
        return new TreeSet<>(tables.keySet());
    }

    /** The description of a table, with the number of its items and their size. */
    synchronized Map<String, Object> describe(Table table, String status) {
        return table.definition().describe(status, table.count(), table.bytes());
    }

    synchronized List<Item> items(Table table) {
        return table.items();
    }

    /** Puts the table back to these items. */
    synchronized void replaceAll(Table table, List<Item> items) {
        table.clear();
        items.forEach(item -> replace(table, table.cell(table.keyOf(item)), item));
    }

    synchronized Item read(Table table, Key key, long asOf) {
        Cell cell = table.find(key);
        return cell == null ? null : cell.asOf(asOf);
    }

    synchronized Page page(PageRequest request) {
        return PageReader.read(request);
    }

    /** What a failed condition consumes is metered as well: "Capacity unit consumption for write operations". */
    synchronized Write.Result write(Write write, Meter meter) {
        Cell cell = write.table().cell(write.key());
        try {
            if (cell.isHeld()) {
                throw ServiceException.conflict();
            }
            Item before = cell.newest();
            if (!write.isAllowed(before)) {
                meter.write(write.table(), new Write.Result(before, null).units());
                throw ServiceException.conditionFailed(write.itemOfFailure(before));
            }
            Write.Result result = new Write.Result(before, write.change().apply(before));
            replace(write.table(), cell, result.after());
            meter.write(write.table(), result.units());
            return result;
        } finally {
            write.table().removeIfEmpty(write.key());
        }
    }

    /** Called by threads that hold the lock. */
    void replace(Table table, Cell cell, Item item) {
        long now = System.nanoTime();
        table.replace(cell, item, now, faults.keepFrom(now));
    }
}
