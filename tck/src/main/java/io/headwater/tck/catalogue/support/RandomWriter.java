package io.headwater.tck.catalogue.support;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcome.Conflict;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.Journal;
import io.headwater.tck.rule.RuleContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One of several writers to the same streams, who knows only what its own appends told it. Not thread-safe. */
public final class RandomWriter {
    private final RuleContext rule;
    private final Journal journal;
    private final List<EventStore> stores;
    private final List<StreamId> streams;
    private final Random random;
    private final Map<StreamId, Long> known = new HashMap<>();
    private final List<Written> written = new ArrayList<>();

    /** An append with an exact expectation, whose repeat is recognised for ever (I1). */
    private record Written(ExpectedVersion expected, List<EventData> events, AppendResult result) {}

    public RandomWriter(RuleContext rule, Journal journal, List<EventStore> stores, List<StreamId> streams) {
        this.rule = rule;
        this.journal = journal;
        this.stores = stores;
        this.streams = streams;
        this.random = new Random(rule.random().nextLong());
    }

    /** A new append, or now and then an earlier one again. */
    public void append() {
        if (!written.isEmpty() && random.nextInt(4) == 0) {
            repeat(written.get(random.nextInt(written.size())));
        } else {
            appendNew(streams.get(random.nextInt(streams.size())));
        }
    }

    private void appendNew(StreamId stream) {
        long version = known.getOrDefault(stream, 0L);
        boolean exact = random.nextInt(3) > 0;
        ExpectedVersion expected = exact ? ExpectedVersion.exactly(version) : nonExact();
        List<EventData> events = rule.events(1 + random.nextInt(3));
        AppendOutcome outcome = journal.append(store(), stream, expected, events);
        if (outcome instanceof Conflict conflict) {
            known.put(stream, conflict.violations().get(0).actual());
        } else {
            AppendResult result = ((Appended) outcome).first();
            known.put(stream, result.version());
            if (exact) {
                written.add(new Written(expected, events, result));
            }
        }
    }

    private EventStore store() {
        return stores.get(random.nextInt(stores.size()));
    }

    private ExpectedVersion nonExact() {
        return random.nextBoolean() ? ExpectedVersion.any() : ExpectedVersion.streamExists();
    }

    private void repeat(Written original) {
        AppendResult first = original.result();
        AppendOutcome outcome = journal.append(store(), first.stream(), original.expected(), original.events());
        AppendResult replay = new AppendResult(first.stream(), first.version(), first.position(), true);
        Expect.equal("repeat of an append to '" + first.stream() + "'", new Appended(List.of(replay)), outcome);
    }
}
