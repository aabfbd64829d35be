package io.headwater.sqlite;

import io.headwater.jdbc.SqlCalls;

/** Runs calls on a file for the classes that the backends over JDBC share. Every write is part of a transaction. */
record FileCalls(Writes writes, Reads reads) implements SqlCalls<Session> {
    @Override
    public <T> T read(Work<Session, T> work) {
        return reads.read(work);
    }

    @Override
    public <T> T write(Work<Session, T> work) {
        return transaction(work);
    }

    /** These calls, for transactions that hide events: that gives positions of the log. */
    SqlCalls<Session> hiding() {
        Writes plain = writes;
        return new FileCalls(
                new Writes() {
                    @Override
                    public <T> T submit(WriteTransaction.Work<T> work) {
                        return plain.submit(transaction -> {
                            try {
                                return work.run(transaction);
                            } finally {
                                transaction.lookAgain();
                            }
                        });
                    }
                },
                reads);
    }

    @Override
    public <T> T transaction(Work<Session, T> work) {
        return writes.submit(transaction -> work.run(transaction.session()));
    }
}
