package io.headwater.esdb;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.InvalidRequest;
import io.headwater.StreamWrite;

/** Appends to streams. */
final class AppendEvents {
    private final Server server;
    private final Namespace namespace;
    private final StreamLocks locks;
    private final StreamLook look;
    private final Runnable appended;

    /** @param appended runs after each append */
    AppendEvents(Server server, Namespace namespace, StreamLocks locks, StreamLook look, Runnable appended) {
        this.server = server;
        this.namespace = namespace;
        this.locks = locks;
        this.look = look;
        this.appended = appended;
    }

    AppendOutcome append(AppendRequest request) {
        StreamWrite write = request.writes().get(0);
        if (namespace.reserves(write.stream())) {
            throw new InvalidRequest("stream id '%s' begins with '%s', which this store reserves for its own streams"
                    .formatted(write.stream().value(), namespace.prefix()));
        }
        AppendOutcome outcome = server.with(context -> append(context, write));
        if (outcome instanceof AppendOutcome.Appended) {
            appended.run();
        }
        return outcome;
    }

    private AppendOutcome append(CallContext context, StreamWrite write) {
        return locks.locked(
                context, write.stream(), () -> new AppendRun(context, server, look, new NewEvents(write)).run());
    }
}
