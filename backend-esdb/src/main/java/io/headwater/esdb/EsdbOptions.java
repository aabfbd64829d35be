package io.headwater.esdb;

import io.headwater.spi.OptionDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every option of an EventStoreDB URL. Those that the vendor's clients have, too, have the same names. */
final class EsdbOptions {
    static final OptionDescriptor<Flag> TLS =
            OptionDescriptor.oneOf("tls", Flag.class, Flag.TRUE, "whether connections are encrypted");
    static final OptionDescriptor<Flag> TLS_VERIFY_CERT = OptionDescriptor.oneOf(
            "tlsVerifyCert", Flag.class, Flag.TRUE, "false: accept any certificate, of any server; for tests only");
    static final OptionDescriptor<String> TLS_CA_FILE = OptionDescriptor.text(
            "tlsCaFile",
            "",
            "a file in PEM format with the authority that signed the server's certificate; by default, those that Java knows");
    static final OptionDescriptor<String> USER_CERT_FILE = OptionDescriptor.text(
            "userCertFile", "", "a file in PEM format with the certificate of the user; needs userKeyFile");
    static final OptionDescriptor<String> USER_KEY_FILE =
            OptionDescriptor.text("userKeyFile", "", "a file in PEM format with the private key of that certificate");
    static final OptionDescriptor<String> USER =
            OptionDescriptor.text("user", "", "the user, unless the URL names it before the host");
    static final OptionDescriptor<String> PASSWORD =
            OptionDescriptor.text("password", "", "the password, unless the URL has it before the host");
    static final OptionDescriptor<Duration> KEEP_ALIVE_INTERVAL = OptionDescriptor.durationOrMillis(
            "keepAliveInterval", Duration.ofSeconds(10), "how long a connection is silent before it is probed");
    static final OptionDescriptor<Duration> KEEP_ALIVE_TIMEOUT = OptionDescriptor.durationOrMillis(
            "keepAliveTimeout", Duration.ofSeconds(10), "how long to wait for the answer to such a probe");
    static final OptionDescriptor<Duration> GOSSIP_TIMEOUT = OptionDescriptor.durationOrMillis(
            "gossipTimeout", Duration.ofSeconds(3), "how long to wait for a node that is asked which node leads");
    static final OptionDescriptor<Duration> DISCOVERY_INTERVAL = OptionDescriptor.durationOrMillis(
            "discoveryInterval", Duration.ofMillis(500), "the longest pause before the nodes are asked again");
    static final OptionDescriptor<NodePreference> NODE_PREFERENCE = OptionDescriptor.oneOf(
            "nodePreference",
            NodePreference.class,
            NodePreference.LEADER,
            "leader is the only value: other nodes lag, and would not show an append that has returned");
    static final OptionDescriptor<Duration> CALL_TIMEOUT = OptionDescriptor.duration(
            "callTimeout", Duration.ofSeconds(30), "how long a call looks for a leader and tries again");
    static final OptionDescriptor<Optional<Integer>> DEFAULT_DEADLINE = OptionDescriptor.optionalInteger(
            "defaultDeadline",
            "callTimeout",
            1,
            Integer.MAX_VALUE,
            "the vendor's name of callTimeout, in milliseconds; comes before it");
    static final OptionDescriptor<String> CONNECTION_NAME = OptionDescriptor.text(
            "connectionName", "headwater", "the name under which the server lists the connection");
    static final OptionDescriptor<String> MAX_DISCOVER_ATTEMPTS = withoutEffect("maxDiscoverAttempts");
    static final OptionDescriptor<String> THROW_ON_APPEND_FAILURE = withoutEffect("throwOnAppendFailure");
    static final OptionDescriptor<String> DNS_DISCOVER = withoutEffect("dnsDiscover");
    static final OptionDescriptor<String> FEATURE = withoutEffect("feature");
    static final OptionDescriptor<SchemaMode> SCHEMA = OptionDescriptor.oneOf(
            "schema",
            SchemaMode.class,
            SchemaMode.CREATE,
            "create: create the store's own streams if they are missing; validate: refuse to open unless they exist");
    static final OptionDescriptor<String> NAMESPACE = OptionDescriptor.text(
            "namespace",
            Namespace.DEFAULT,
            "the beginning of the names of the store's own streams: $headwater, which needs rights on system streams,"
                    + " or a name of letters, digits, '_' and '-'");
    static final OptionDescriptor<Categories> CATEGORIES = OptionDescriptor.oneOf(
            "categories",
            Categories.class,
            Categories.AUTO,
            "how the history of a category is read: by the server's index (25.1 and newer), by its projection"
                    + " $by_category, or by a filter of the log; auto takes the first of these that the server has");
    static final OptionDescriptor<Switch> LISTEN = OptionDescriptor.oneOf(
            "listen",
            Switch.class,
            Switch.ON,
            "on: an active subscription is notified by the server; off: it polls the end of the log");
    static final OptionDescriptor<Integer> MAX_APPEND_SIZE = OptionDescriptor.integer(
            "maxAppendSize",
            0,
            0,
            Integer.MAX_VALUE,
            "the server's own setting of this name, in bytes; 0: the default of the server's version");

    /** Accepted, so that a connection string for the vendor's client can be used. */
    static final List<OptionDescriptor<String>> WITHOUT_EFFECT =
            List.of(MAX_DISCOVER_ATTEMPTS, THROW_ON_APPEND_FAILURE, DNS_DISCOVER, FEATURE);

    static final List<OptionDescriptor<?>> ALL = List.of(
            TLS,
            TLS_VERIFY_CERT,
            TLS_CA_FILE,
            USER_CERT_FILE,
            USER_KEY_FILE,
            USER,
            PASSWORD,
            KEEP_ALIVE_INTERVAL,
            KEEP_ALIVE_TIMEOUT,
            GOSSIP_TIMEOUT,
            DISCOVERY_INTERVAL,
            NODE_PREFERENCE,
            CALL_TIMEOUT,
            DEFAULT_DEADLINE,
            CONNECTION_NAME,
            SCHEMA,
            NAMESPACE,
            CATEGORIES,
            LISTEN,
            MAX_APPEND_SIZE,
            MAX_DISCOVER_ATTEMPTS,
            THROW_ON_APPEND_FAILURE,
            DNS_DISCOVER,
            FEATURE);

    private EsdbOptions() {}

    private static OptionDescriptor<String> withoutEffect(String name) {
        return OptionDescriptor.text(name, "", "an option of the vendor's client; accepted, without effect");
    }

    /** Yes or no. */
    enum Flag {
        TRUE,
        FALSE;

        boolean isSet() {
            return this == TRUE;
        }
    }

    /** On or off. */
    enum Switch {
        ON,
        OFF
    }

    /** Which node is used. */
    enum NodePreference {
        LEADER
    }

    /** How the history of a category is read. */
    enum Categories {
        AUTO,
        FILTER,
        PROJECTION,
        INDEX
    }
}
