package io.headwater.tck.catalogue.support;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.spi.HeldAppend;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Appends that are held, committed and rolled back at random, as many at a time as the store allows, and others beside them. */
public final class HeldScript implements AutoCloseable {
    private static final int STEPS = 30;
    private static final int MAX_OPEN = 4;

    private final RuleContext rule;
    private final String category;
    private final boolean othersWait;
    private final List<Open> open = new ArrayList<>();
    private final List<Caller<?>> beside = new ArrayList<>();
    private final Set<UUID> committed = new HashSet<>();
    private final Set<UUID> undone = new HashSet<>();

    private record Open(HeldAppend held, List<UUID> ids) {}

    /** Every other stream is of this category. */
    public HeldScript(RuleContext rule, String category) {
        this.rule = rule;
        this.category = category;
        this.othersWait = HeldScene.othersWait(rule);
    }

    /** Looks after every step; at the end all have ended. */
    public void run(Runnable look) throws Exception {
        for (int step = 0; step < STEPS; step++) {
            step();
            look.run();
        }
        while (!open.isEmpty()) {
            end();
            look.run();
        }
        for (Caller<?> caller : beside) {
            caller.returns("an append that waited for held ones");
        }
    }

    private void step() throws Exception {
        int dice = rule.random().nextInt(4);
        if (dice == 0) {
            append();
        } else if (open.isEmpty() || (dice == 1 && open.size() < (othersWait ? 1 : MAX_OPEN))) {
            hold();
        } else {
            end();
        }
    }

    private StreamId stream() {
        return rule.random().nextBoolean() ? rule.stream(category) : rule.stream();
    }

    private void append() throws Exception {
        StreamId stream = stream();
        Caller<?> caller = new Caller<>(rule, () -> rule.append(stream));
        beside.add(caller);
        if (othersWait && !open.isEmpty()) {
            caller.waits();
        } else {
            caller.returns("an append to a stream that is not held");
        }
    }

    private void hold() {
        AppendRequest request =
                HeldScene.request(rule, stream(), 1 + rule.random().nextInt(3));
        List<UUID> ids =
                request.writes().get(0).events().stream().map(EventData::id).toList();
        open.add(new Open(rule.hold(request), ids));
    }

    private void end() {
        Open ending = open.remove(rule.random().nextInt(open.size()));
        if (rule.random().nextBoolean()) {
            ending.held().commit().orThrow();
            committed.addAll(ending.ids());
        } else {
            ending.held().rollback();
            undone.addAll(ending.ids());
        }
    }

    /** Fails unless the log has all of what was committed, and nothing of what was rolled back. */
    public void verify(List<RecordedEvent> log) {
        List<UUID> there = log.stream().map(RecordedEvent::id).toList();
        Expect.equal("events in the log of what was committed", committed.size(), (int)
                there.stream().filter(committed::contains).count());
        Expect.equal(
                "events in the log of what was rolled back",
                0L,
                there.stream().filter(undone::contains).count());
    }

    @Override
    public void close() {
        open.forEach(left -> left.held().close());
    }
}
