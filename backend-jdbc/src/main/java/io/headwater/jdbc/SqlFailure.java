package io.headwater.jdbc;

import java.sql.SQLException;

/**
 * Carries a failure of the driver through code that cannot throw it, within a transaction. It is not an {@link
 * io.headwater.EventStoreException}, after which the transaction can continue. After this one, the transaction MUST end, as
 * the database may have rolled it back.
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

    /** Runs a call, and wraps its failure. */
    public static <T> T carrying(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw new SqlFailure(e);
        }
    }
}
