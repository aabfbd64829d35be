package io.headwater.sqlite;

import io.headwater.jdbc.SqlCalls;

/** Calls of a file, for what the backends over JDBC share. A write is part of a transaction in any case. */
record FileCalls(Writes writes, Reads reads) implements SqlCalls {
    @Override
    public <T> T read(Work<T> work) {
        return reads.read(work::run);
    }

    @Override
    public <T> T write(Work<T> work) {
        return transaction(work);
    }

    @Override
    public <T> T transaction(Work<T> work) {
        return writes.submit(transaction -> work.run(transaction.session()));
    }
}
