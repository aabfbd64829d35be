package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The capacity that one call has consumed, by table: "ConsumedCapacity" in the API Reference. */
final class Meter {
    private record Consumed(double read, double write) {
        Consumed plus(double moreRead, double moreWrite) {
            return new Consumed(read + moreRead, write + moreWrite);
        }
    }

    private final Map<String, Consumed> tables = new LinkedHashMap<>();

    void read(Table table, double units) {
        tables.put(table.name(), of(table).plus(units, 0));
    }

    void write(Table table, double units) {
        tables.put(table.name(), of(table).plus(0, units));
    }

    private Consumed of(Table table) {
        return tables.getOrDefault(table.name(), new Consumed(0, 0));
    }

    double readUnits() {
        return tables.values().stream().mapToDouble(Consumed::read).sum();
    }

    double writeUnits() {
        return tables.values().stream().mapToDouble(Consumed::write).sum();
    }

    /** Adds what the request asks for: one object, or a list of them for operations that concern several tables. */
    void report(Request request, Map<String, Object> response, boolean asList) {
        String asked = request.text("ReturnConsumedCapacity");
        if (asked == null || asked.equals("NONE")) {
            return;
        }
        List<Object> reports = new ArrayList<>();
        boolean transaction = request.has("TransactItems");
        tables.forEach((name, consumed) -> reports.add(report(name, consumed, asked.equals("INDEXES"), transaction)));
        response.put("ConsumedCapacity", asList ? reports : reports.get(0));
    }

    private static Map<String, Object> report(String table, Consumed consumed, boolean indexes, boolean transaction) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("TableName", table);
        report.putAll(units(consumed, transaction));
        if (indexes) {
            report.put("Table", units(consumed, transaction));
        }
        return report;
    }

    private static Map<String, Object> units(Consumed consumed, boolean transaction) {
        Map<String, Object> units = new LinkedHashMap<>();
        units.put("CapacityUnits", consumed.read() + consumed.write());
        if (transaction && consumed.read() > 0) {
            units.put("ReadCapacityUnits", consumed.read());
        }
        if (transaction && consumed.write() > 0) {
            units.put("WriteCapacityUnits", consumed.write());
        }
        return units;
    }
}
