package io.headwater.postgres;

import io.headwater.spi.OptionDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of a PostgreSQL URL. */
final class PostgresOptions {
    static final OptionDescriptor<String> NAMESPACE = OptionDescriptor.text(
            "namespace",
            "headwater",
            "the schema of the database that contains the store's tables; each schema can have one store");
    static final OptionDescriptor<SchemaMode> SCHEMA = OptionDescriptor.oneOf(
            "schema",
            SchemaMode.class,
            SchemaMode.CREATE,
            "create: create or upgrade the tables; validate: refuse to open unless they are there and current; off: trust"
                    + " that they are");
    static final OptionDescriptor<String> USER =
            OptionDescriptor.text("user", "", "the user, in place of the one in the URL");
    static final OptionDescriptor<String> PASSWORD =
            OptionDescriptor.text("password", "", "the password, in place of the one in the URL");
    static final OptionDescriptor<Integer> POOL_SIZE = OptionDescriptor.integer(
            "poolSize",
            10,
            1,
            1000,
            "the maximum number of calls at the same time; each uses a connection, further ones wait");
    static final OptionDescriptor<Duration> CONNECT_TIMEOUT = OptionDescriptor.duration(
            "connectTimeout", Duration.ofSeconds(30), "how long a call waits for a connection");
    static final OptionDescriptor<Duration> SOCKET_TIMEOUT = OptionDescriptor.duration(
            "socketTimeout",
            Duration.ofMinutes(1),
            "how long to wait for the server's next bytes before the connection counts as lost; 0s for ever");
    static final OptionDescriptor<Toggle> LISTEN = OptionDescriptor.oneOf(
            "listen",
            Toggle.class,
            Toggle.ON,
            "on: listen for appends of other processes, on a connection beside the pool; off: poll for them");
    static final OptionDescriptor<String> SSL_MODE = OptionDescriptor.text(
            "sslmode", "prefer", "as for libpq: disable, allow, prefer, require, verify-ca or verify-full");
    static final OptionDescriptor<String> SSL_ROOT_CERT =
            OptionDescriptor.text("sslrootcert", "", "file with the certificates to trust");
    static final OptionDescriptor<String> SSL_CERT =
            OptionDescriptor.text("sslcert", "", "file with the client's certificate");
    static final OptionDescriptor<String> SSL_KEY = OptionDescriptor.text("sslkey", "", "file with the client's key");
    static final OptionDescriptor<String> SSL_PASSWORD =
            OptionDescriptor.text("sslpassword", "", "the password of the client's key");
    static final OptionDescriptor<Optional<Integer>> PREPARE_THRESHOLD = OptionDescriptor.optionalInteger(
            "prepareThreshold",
            "1, behind a pooler 0",
            0,
            1000,
            "the execution at which a statement is prepared at the server; 0 never, for poolers that do not support prepared statements");

    static final List<OptionDescriptor<?>> ALL = List.of(
            NAMESPACE,
            SCHEMA,
            USER,
            PASSWORD,
            POOL_SIZE,
            CONNECT_TIMEOUT,
            SOCKET_TIMEOUT,
            LISTEN,
            SSL_MODE,
            SSL_ROOT_CERT,
            SSL_CERT,
            SSL_KEY,
            SSL_PASSWORD,
            PREPARE_THRESHOLD);

    private PostgresOptions() {}

    /** Whether to do something. */
    enum Toggle {
        ON,
        OFF
    }
}
