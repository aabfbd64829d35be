package io.headwater.sqlite;

import io.headwater.jdbc.SqlCalls;

/** Calls of a file, for what the backends over JDBC share. A write is part of a transaction in any case. */
record FileCalls(Writes writes, Reads reads) implements SqlCalls<Session> {
    @Override
    public <T> T read(Work<Session, T> work) {
        return reads.read(work);
    }

    @Override
    public <T> T write(Work<Session, T> work) {
        return transaction(work);
    }

    @Override
    public <T> T transaction(Work<Session, T> work) {
        return writes.submit(transaction -> work.run(transaction.session()));
    }
}
