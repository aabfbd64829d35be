package io.headwater.esdb.server;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The users of a server that asks for logins, and who calls by the headers. Safe for threads. */
public final class Logins {
    public static final String FIRST_PASSWORD = "changeit";

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BASIC = "Basic ";

    private record Account(String password, Set<String> groups) {}

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private volatile boolean asked;

    Logins() {
        put("admin", FIRST_PASSWORD, Rights.ADMINS);
        put("ops", FIRST_PASSWORD, "$ops");
    }

    /** From now on the server asks for logins; there are the users {@code admin} and {@code ops}. */
    public void ask() {
        asked = true;
    }

    /** Adds a user, or changes one. */
    public void put(String name, String password, String... groups) {
        accounts.put(name, new Account(password, Set.of(groups)));
    }

    public void remove(String name) {
        accounts.remove(name);
    }

    User user(Metadata headers) throws StatusRuntimeException {
        if (!asked) {
            return User.SYSTEM;
        }
        String header = headers.get(AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return User.ANONYMOUS;
        }
        String[] login = decoded(header.substring(BASIC.length())).split(":", 2);
        Account account = login.length < 2 ? null : accounts.get(login[0]);
        if (account == null || !account.password().equals(login[1])) {
            throw Refusals.unauthenticated();
        }
        return new User(login[0], account.groups(), true);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusals.brokenResponse();
        }
    }
}
