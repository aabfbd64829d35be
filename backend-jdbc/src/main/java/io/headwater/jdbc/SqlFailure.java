package io.headwater.jdbc;

import java.sql.SQLException;

/**
 * Carries the driver's failure through code that cannot throw it, within a transaction. Not an {@link
 * io.headwater.EventStoreException}, which is a refusal after which the transaction goes on: after this one it must end, as the
 * database may have undone it already.
 */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    private SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    /** A call that fails as the driver does. */
    @FunctionalInterface
    public interface Call<T> {
        /** Runs statements. */
        T run() throws SQLException;
    }

    /** What the driver threw. */
    public SQLException failure() {
        return failure;
    }

    /** Runs a call whose failure is carried. */
    public static <T> T carrying(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
