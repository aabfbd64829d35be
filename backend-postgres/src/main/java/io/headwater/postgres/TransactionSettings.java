package io.headwater.postgres;

/**
 * Settings that must not depend on how the server, the database or the user is set up: statements see what is committed when they
 * begin, and a crash of the server takes back no lease, whose number would then be given twice.
 */
enum TransactionSettings {
    /** The connection has them. */
    OF_CONNECTION,

    /** Each transaction sets them, as it may run on a connection of which nothing is known. */
    OF_TRANSACTION;

    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; ";
    private static final String DURABLE =
            "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    /** A client that hangs within a transaction holds back the log: it is ended. */
    private static final String BEGUN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; " + DURABLE
            + "; SET LOCAL idle_in_transaction_session_timeout = '30s'";

    /** How many results come before that of a statement. */
    int before() {
        return this == OF_TRANSACTION ? 2 : 0;
    }

    /** A statement that is a transaction of its own; sent at once, so that it takes one round trip. */
    String alone(String sql) {
        return this == OF_TRANSACTION ? BEGIN + DURABLE + "; " + sql + "; COMMIT" : sql;
    }

    /** What to run first in a transaction of several statements; empty for nothing. */
    String begun() {
        return this == OF_TRANSACTION ? BEGUN : "";
    }
}
