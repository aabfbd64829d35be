package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;

import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventStore;
import io.headwater.Position;
import io.headwater.StreamId;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** An append that is held open, and calls that are begun beside it: some stores let them through, others make them wait. */
public final class HeldScene implements AutoCloseable {
    private final RuleContext rule;
    private final boolean othersWait;
    private final HeldAppend held;
    private final List<Caller<?>> beside = new ArrayList<>();

    private HeldScene(RuleContext rule, EventStore by, AppendRequest request) {
        this.rule = rule;
        this.othersWait = othersWait(rule);
        this.held = rule.hold(by, request);
    }

    public static HeldScene of(RuleContext rule, AppendRequest request) {
        return of(rule, rule.store(), request);
    }

    /** Held by this store. */
    public static HeldScene of(RuleContext rule, EventStore by, AppendRequest request) {
        return new HeldScene(rule, by, request);
    }

    public static boolean othersWait(RuleContext rule) {
        return rule.facet(HeldAppends.class).holdsUpAppends();
    }

    /** Appends to a stream that the held append leaves alone, and returns when that has returned, or waits. */
    public Caller<Position> append(StreamId stream) throws Exception {
        return append(() -> rule.append(stream));
    }

    /** As {@link #append(StreamId)}, as this does it. */
    public <T> Caller<T> append(Callable<T> work) throws Exception {
        Caller<T> caller = new Caller<>(rule, work);
        beside.add(caller);
        if (othersWait) {
            caller.waits();
        } else {
            caller.returns("an append to another stream than the held one");
        }
        return caller;
    }

    /** Commits, and waits for the calls that were begun beside it. */
    public List<AppendResult> commit() throws Exception {
        List<AppendResult> results = held.commit().orThrow();
        awaitOthers();
        return results;
    }

    /** As {@link #commit}, but undoes it. */
    public void rollback() throws Exception {
        held.rollback();
        awaitOthers();
    }

    private void awaitOthers() throws Exception {
        for (Caller<?> caller : beside) {
            caller.returns("an append that waited for the held one");
        }
    }

    @Override
    public void close() {
        held.close();
    }

    /** An append of new events to this stream, whatever it holds. */
    public static AppendRequest request(RuleContext rule, StreamId stream, int events) {
        return AppendRequest.to(stream, any(), rule.events(events));
    }
}
