package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreException;
import io.headwater.ExpectedVersion;
import io.headwater.LogFilter;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Every append of a check with several threads: the request, its time and the result. {@link JournalCheck} compares it with
 * the contents of the store. Thread-safe.
 */
public final class Journal {
    private final ConcurrentLinkedQueue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    /** How an append ended. */
    enum Ending {
        /** It is said to be in the store. */
        OK,
        /** It is said not to be. */
        FAILED,
        /** It may be or not (I5). */
        UNKNOWN
    }

    /** An append, and when it began and ended, by {@link System#nanoTime()}. */
    record Attempt(
            StreamId stream, List<UUID> ids, Ending ending, Optional<AppendResult> result, long begun, long ended) {
        boolean is(Ending wanted) {
            return ending == wanted;
        }
    }

    /** Appends, and records the result. Throws what the store throws. */
    public AppendOutcome append(EventStore store, StreamId stream, ExpectedVersion expected, List<EventData> events) {
        return append(store::tryAppend, stream, expected, events);
    }

    /** As {@link #append(EventStore, StreamId, ExpectedVersion, List)}, through another process. */
    public AppendOutcome append(
            StoreProcess process, StreamId stream, ExpectedVersion expected, List<EventData> events) {
        return append(process::tryAppend, stream, expected, events);
    }

    private AppendOutcome append(
            Function<AppendRequest, AppendOutcome> store,
            StreamId stream,
            ExpectedVersion expected,
            List<EventData> events) {
        long begun = System.nanoTime();
        try {
            AppendOutcome outcome = store.apply(AppendRequest.to(stream, expected, events));
            Optional<AppendResult> result =
                    outcome instanceof Appended appended ? Optional.of(appended.first()) : Optional.empty();
            add(stream, events, result.isPresent() ? Ending.OK : Ending.FAILED, result, begun);
            return outcome;
        } catch (AppendOutcomeUnknown unknown) {
            add(stream, events, Ending.UNKNOWN, Optional.empty(), begun);
            throw unknown;
        } catch (EventStoreException refused) {
            add(stream, events, Ending.FAILED, Optional.empty(), begun);
            throw refused;
        }
    }

    private void add(
            StreamId stream, List<EventData> events, Ending ending, Optional<AppendResult> result, long begun) {
        List<UUID> ids = events.stream().map(EventData::id).toList();
        attempts.add(new Attempt(stream, ids, ending, result, begun, System.nanoTime()));
    }

    List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /**
     * Fails unless the store holds what this journal says: see {@link JournalCheck}. An append that a process sent before it
     * was killed may be written a little later, so this waits until the streams and the log agree.
     */
    public void verify(RuleContext rule) {
        AtomicReference<JournalCheck> check = new AtomicReference<>(look(rule));
        if (attempts().stream().anyMatch(attempt -> attempt.is(Ending.UNKNOWN))) {
            Waiting.until(rule.patience(), () -> {
                check.set(look(rule));
                return check.get().isSettled();
            });
        }
        check.get().run();
    }

    private JournalCheck look(RuleContext rule) {
        return new JournalCheck(attempts(), rule.log(LogFilter.all()), rule.store());
    }

    /** As {@link #verify(RuleContext)}, with the log of the store since before the first append. */
    public void verify(EventStore store, List<RecordedEvent> log) {
        new JournalCheck(attempts(), log, store).run();
    }
}
