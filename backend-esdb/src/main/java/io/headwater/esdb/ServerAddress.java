package io.headwater.esdb;

import io.headwater.ConfigurationException;
import io.headwater.StoreUrl;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The authority of a URL: {@code user:password@host:port,host:port}.
 *
 * @param hosts the hosts, at least one
 * @param discover whether the URL says that these are the nodes of a cluster, or a name for all of them
 * @param user the user; empty if there is none
 * @param password its password; empty if there is none
 */
record ServerAddress(List<Host> hosts, boolean discover, String user, String password) {
    private static final int DEFAULT_PORT = 2113;
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[^:\\[\\]]*)(?::(\\d{1,5}))?");

    ServerAddress {
        hosts = List.copyOf(hosts);
    }

    static ServerAddress of(StoreUrl url) {
        if (url.authority().isEmpty() || !url.path().matches("/?")) {
            throw new ConfigurationException(
                    "the URL does not name a server alone: write it like esdb://host:2113?tls=false");
        }
        String authority = url.authority();
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        return new ServerAddress(
                Stream.of(authority.substring(at + 1).split(",", -1))
                        .map(ServerAddress::host)
                        .toList(),
                url.scheme().endsWith("+discover"),
                decoded(colon < 0 ? login : login.substring(0, colon)),
                decoded(colon < 0 ? "" : login.substring(colon + 1)));
    }

    private static Host host(String text) {
        Matcher parts = HOST.matcher(text);
        if (!parts.matches()) {
            // Without the text after the colon: it may be a password whose '@' is missing.
            throw new ConfigurationException("'" + text.replaceFirst("(?s)(?<=[^:]):.*", ":…")
                    + "' is not a host and port: write host:2113, or [::1]:2113");
        }
        int port = parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2));
        if (port < 1 || port > MAX_PORT) {
            throw new ConfigurationException("port " + port + " is not between 1 and 65535");
        }
        String name = parts.group(1).replaceAll("[\\[\\]]", "");
        return new Host(name.isEmpty() ? "localhost" : name, port);
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

    /** Returns whether the nodes have to be asked which of them leads. */
    boolean isCluster() {
        return discover || hosts.size() > 1;
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }
}
