package io.headwater.esdb;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.StreamWrite;

/** Appends to streams. */
final class AppendEvents {
    private final Server server;
    private final StreamLocks locks;
    private final StreamLook look;
    private final Runnable appended;

    /** @param appended runs after each append */
    AppendEvents(Server server, StreamLocks locks, StreamLook look, Runnable appended) {
        this.server = server;
        this.locks = locks;
        this.look = look;
        this.appended = appended;
    }

    AppendOutcome append(AppendRequest request) {
        StreamWrite write = request.writes().get(0);
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
