package io.headwater.postgres;

import io.headwater.jdbc.SqlCalls;

/** Calls of a database, for what the backends over JDBC share. */
record DatabaseCalls(Database database) implements SqlCalls {
    @Override
    public <T> T read(Work<T> work) {
        return database.read(work::run);
    }

    @Override
    public <T> T write(Work<T> work) {
        return database.write(work::run);
    }

    @Override
    public <T> T transaction(Work<T> work) {
        return database.transaction(work::run);
    }
}
