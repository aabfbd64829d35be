package io.headwater.postgres;

/**
 * Settings that MUST NOT depend on the configuration of the server, the database or the role: statements see what was
 * committed when they began, and a crash of the server does not undo an acquired lease, as its epoch would then be given
 * twice.
 */
enum TransactionSettings {
    /** The connection has them. */
    OF_CONNECTION,

    /** Each transaction sets them, because it may run on a connection whose settings are unknown. */
    OF_TRANSACTION;

    private static final String BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; ";
    private static final String DURABLE =
            "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

    /** A client that stops within a transaction holds back the log, so the server ends its session. */
    private static final String BEGUN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; " + DURABLE
            + "; SET LOCAL idle_in_transaction_session_timeout = '30s'";

    /** The number of results before that of a statement. */
    int before() {
        return this == OF_TRANSACTION ? 2 : 0;
    }

    /** A statement that is its own transaction, sent in one round trip. */
    String alone(String sql) {
        return this == OF_TRANSACTION ? BEGIN + DURABLE + "; " + sql + "; COMMIT" : sql;
    }

    /** The first statement of a transaction of several statements; empty if none is needed. */
    String begun() {
        return this == OF_TRANSACTION ? BEGUN : "";
    }
}
