package io.headwater.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PgConnection;

/** One connection to the database, which is used again and again, and counts what is sent to the server. */
final class CountingSource implements AutoCloseable {
    private static final Set<String> SENT =
            Set.of("execute", "executeQuery", "executeUpdate", "executeBatch", "commit", "rollback");

    private final AtomicInteger sent = new AtomicInteger();
    private final Connection connection;

    CountingSource(Connection connection) {
        this.connection = connection;
    }

    DataSource source() {
        Connection counted = counting(Connection.class, connection);
        return proxy(DataSource.class, (method, arguments) -> counted);
    }

    /** How many round trips this takes. */
    int during(Supplier<?> call) {
        sent.set(0);
        assertThat(call.get()).isNotNull();
        return sent.get();
    }

    /** What happens to a call. */
    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments)));
    }

    private <T> T counting(Class<T> type, T counted) {
        return proxy(type, (method, arguments) -> {
            sent.addAndGet(roundTrips(method.getName()));
            if (counted == connection && method.getName().equals("close")) {
                return null;
            }
            try {
                Object result = method.invoke(counted, arguments);
                return isDriver(method, arguments) ? result : wrapped(result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    /** What is asked when a store is opened is not counted. */
    private static boolean isDriver(Method method, Object[] arguments) {
        return method.getName().equals("unwrap") && arguments[0] == PgConnection.class;
    }

    /** The server answers to the beginning of a COPY, and to its end. */
    private static int roundTrips(String method) {
        return method.equals("getCopyAPI") ? 2 : SENT.contains(method) ? 1 : 0;
    }

    private Object wrapped(Object result) {
        if (result instanceof PreparedStatement statement) {
            return counting(PreparedStatement.class, statement);
        }
        if (result instanceof PGConnection server) {
            return counting(PGConnection.class, server);
        }
        return result instanceof Statement statement ? counting(Statement.class, statement) : result;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
