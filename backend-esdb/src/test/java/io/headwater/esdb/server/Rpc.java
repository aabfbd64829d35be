package io.headwater.esdb.server;

import java.util.Locale;

/** A method of the protocol that faults can be given to. */
public enum Rpc {
    READ,
    APPEND,
    BATCH_APPEND,
    DELETE,
    TOMBSTONE,
    GET_SUPPORTED_METHODS,
    GOSSIP;

    static Rpc of(String service, String method) {
        return service.endsWith("Gossip") ? GOSSIP : valueOf(words(method));
    }

    private static String words(String method) {
        return method.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
