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
import io.headwater.StreamWrite;
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
        /** It is a conflict: it is not there, nor any earlier attempt of it (I1). */
        CONFLICT,
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
        return append(store::tryAppend, AppendRequest.to(stream, expected, events));
    }

    /** As {@link #append(EventStore, StreamId, ExpectedVersion, List)}, through another process. */
    public AppendOutcome append(
            StoreProcess process, StreamId stream, ExpectedVersion expected, List<EventData> events) {
        return append(process::tryAppend, AppendRequest.to(stream, expected, events));
    }

    /** As {@link #append(EventStore, StreamId, ExpectedVersion, List)}, to one stream or several, by this call. */
    public AppendOutcome append(Function<AppendRequest, AppendOutcome> call, AppendRequest request) {
        long begun = System.nanoTime();
        try {
            AppendOutcome outcome = call.apply(request);
            if (outcome instanceof Appended appended) {
                add(request, Ending.OK, appended.results(), begun);
            } else {
                add(request, Ending.CONFLICT, List.of(), begun);
            }
            return outcome;
        } catch (AppendOutcomeUnknown unknown) {
            add(request, Ending.UNKNOWN, List.of(), begun);
            throw unknown;
        } catch (EventStoreException refused) {
            add(request, Ending.FAILED, List.of(), begun);
            throw refused;
        }
    }

    /** The results are those of the writes, in their order, or none. */
    private void add(AppendRequest request, Ending ending, List<AppendResult> results, long begun) {
        long ended = System.nanoTime();
        for (int i = 0; i < request.writes().size(); i++) {
            StreamWrite write = request.writes().get(i);
            List<UUID> ids = write.events().stream().map(EventData::id).toList();
            Optional<AppendResult> result = results.isEmpty() ? Optional.empty() : Optional.of(results.get(i));
            attempts.add(new Attempt(write.stream(), ids, ending, result, begun, ended));
        }
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
