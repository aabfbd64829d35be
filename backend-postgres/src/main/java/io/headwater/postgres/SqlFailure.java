package io.headwater.postgres;

import java.sql.SQLException;

/**
 * Carries the driver's failure through code that cannot throw it, within a write transaction. Not an {@link
 * io.headwater.EventStoreException}, which is a refusal after which the transaction goes on: after this one it must end, for
 * the server has undone it already.
 */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    private SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    /** A call that fails as the driver does. */
    interface Call<T> {
        T run() throws SQLException;
    }

    SQLException failure() {
        return failure;
    }

    static <T> T carrying(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
