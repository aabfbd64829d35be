package io.headwater.sqlite;

import io.headwater.jdbc.SqlScript;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A script that brings the tables from one format to the next; the first creates them. Scripts that were released never
 * change.
 *
 * @param format the format of the tables afterwards, from 1
 */
record SchemaScript(int format) {
    /**
     * "HdWt" in the header of the file marks it as an event store (https://sqlite.org/pragma.html#pragma_application_id).
     */
    static final int APPLICATION_ID = 0x48645774;

    /** The format that this version works with. */
    static final int NEWEST = 3;

    /** The first format that records what hides events. */
    static final int OF_CHANGES = 3;

    private static final String NEW_STORE = "INSERT INTO store (id, log_floor) VALUES (lower(hex(randomblob(16))), 0)";

    /** The scripts that bring tables of this format to the newest, in order; 0 stands for no tables. */
    static List<SchemaScript> after(int format) {
        return IntStream.rangeClosed(format + 1, NEWEST)
                .mapToObj(SchemaScript::new)
                .toList();
    }

    /** The name of its resource. */
    String file() {
        return "schema-" + format + ".sql";
    }

    /** The statements to execute in one transaction. The format is part of the header of the file, and changes with it. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        for (String statement : SqlScript.text(SchemaScript.class, file()).split(";\n", -1)) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        if (format == 1) {
            statements.add(NEW_STORE);
            statements.add("PRAGMA application_id = " + APPLICATION_ID);
        }
        statements.add("PRAGMA user_version = " + format);
        return statements;
    }
}
