package io.headwater.esdb.server;

import io.grpc.Context;

/**
 * Who makes a call, and what its headers ask for.
 *
 * @param requiresLeader whether only a leader may answer
 */
record Caller(User user, boolean requiresLeader) {
    static final Context.Key<Caller> KEY = Context.key("caller");

    static Caller current() {
        return KEY.get();
    }
}
