package io.headwater.esdb.server;

import java.util.Set;

/** A user of the server, as rights are given to it. */
record User(String name, Set<String> groups, boolean authenticated) {
    /** Of a server that asks for no logins: may do everything. */
    static final User SYSTEM = new User("system", Set.of(Rights.ADMINS), true);

    static final User ANONYMOUS = new User("", Set.of(), false);

    boolean has(String role) {
        return authenticated && (role.equals(Rights.ALL_USERS) || role.equals(name) || groups.contains(role));
    }
}
