package io.headwater.postgres;

import io.headwater.ConfigurationException;
import io.headwater.StoreUrl;
import io.headwater.spi.BackendContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Parses the authority of a URL: {@code user:password@host:port,host:port}. */
final class ServerAddress {
    private static final int DEFAULT_PORT = 5432;
    private static final int CANCEL_SECONDS = 2;
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[^:\\[\\]]*)(?::(\\d{1,5}))?");

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final List<String> hosts = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private String user = "";
    private String password = "";

    private ServerAddress(String authority) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            credentials(authority.substring(0, at));
        }
        for (String host : authority.substring(at + 1).split(",", -1)) {
            host(host);
        }
    }

    private void credentials(String text) {
        int colon = text.indexOf(':');
        user = decoded(colon < 0 ? text : text.substring(0, colon));
        password = colon < 0 ? "" : decoded(text.substring(colon + 1));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without the cause, whose message quotes the text.
            throw new ConfigurationException(
                    "user or password of the URL has a '%' that does not begin an escape: write a plain '%' as %25");
        }
    }

    private void host(String text) {
        Matcher parts = HOST.matcher(text);
        if (!parts.matches()) {
            // Without the text after the colon: it may be a password whose '@' is missing.
            throw new ConfigurationException("'" + text.replaceFirst("(?s)(?<=[^:]):.*", ":…")
                    + "' is not a host and port: write host:5432, or [::1]:5432");
        }
        hosts.add(parts.group(1).isEmpty() ? "localhost" : parts.group(1));
        int port = parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65_535) {
            throw new ConfigurationException("port " + port + " is not between 1 and 65535");
        }
        ports.add(port);
    }

    /** The servers to connect to, as the URL and the options say. */
    static ServerSource source(BackendContext context) {
        StoreUrl url = context.url();
        if (url.authority().isEmpty() && url.path().contains("@")) {
            throw new ConfigurationException(
                    "the URL has no '//' before user and host: write it like postgresql://user@host:5432/database");
        }
        if (!url.path().matches("/[^/\\x00]+")) {
            throw new ConfigurationException(
                    "the URL names no database: write it like postgresql://user@host:5432/database");
        }
        ServerAddress address = new ServerAddress(url.authority());
        ServerSource source = new ServerSource();
        source.setServerNames(address.hosts.toArray(String[]::new));
        source.setPortNumbers(address.ports.stream().mapToInt(Integer::intValue).toArray());
        source.setDatabaseName(url.path().substring(1));
        source.setUser(one("user", address.user, context.option(PostgresOptions.USER)));
        source.setPassword(one("password", address.password, context.option(PostgresOptions.PASSWORD)));
        configure(source, context);
        return source;
    }

    private static String one(String what, String inUrl, String option) {
        if (!inUrl.isEmpty() && !option.isEmpty()) {
            throw new ConfigurationException("the " + what + " is given twice: in the URL and as an option");
        }
        return inUrl.isEmpty() ? option : inUrl;
    }

    private static void configure(PGSimpleDataSource source, BackendContext context) {
        source.setApplicationName("headwater");
        // The driver takes a server for a standby when a role's transactions only read; PostgresServer refuses a true
        // one.
        source.setTargetServerType(context.readOnly() ? "preferPrimary" : "primary");
        source.setTcpKeepAlive(true);
        source.setCancelSignalTimeout(CANCEL_SECONDS);
        source.setLoginTimeout(
                seconds(context.option(PostgresOptions.CONNECT_TIMEOUT).toMillis()));
        source.setSocketTimeout(
                seconds(context.option(PostgresOptions.SOCKET_TIMEOUT).toMillis()));
        try {
            set(source, PGProperty.SSL_MODE, sslMode(context.option(PostgresOptions.SSL_MODE)));
            set(source, PGProperty.SSL_ROOT_CERT, context.option(PostgresOptions.SSL_ROOT_CERT));
            set(source, PGProperty.SSL_CERT, context.option(PostgresOptions.SSL_CERT));
            set(source, PGProperty.SSL_KEY, context.option(PostgresOptions.SSL_KEY));
            set(source, PGProperty.SSL_PASSWORD, context.option(PostgresOptions.SSL_PASSWORD));
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
    }

    private static String sslMode(String mode) {
        if (!SSL_MODES.contains(mode)) {
            throw new ConfigurationException("sslmode '" + mode + "' is none of " + String.join(", ", SSL_MODES));
        }
        return mode;
    }

    private static void set(PGSimpleDataSource source, PGProperty property, String value) throws SQLException {
        if (!value.isEmpty()) {
            source.setProperty(property, value);
        }
    }

    private static int seconds(long millis) {
        return (int) Math.min(Integer.MAX_VALUE, (millis + 999) / 1000);
    }
}
