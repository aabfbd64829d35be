package io.headwater.esdb;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.EventStoreException;
import io.headwater.ExpectedVersion;
import io.headwater.StoreClosed;
import io.headwater.StreamDeleted;
import io.headwater.spi.Positions;
import io.headwater.spi.support.AppendDecision;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One append: look at the stream, decide, write at exactly the revision that was seen, and again until it is decided. A model of it
 * was checked: see the notes on the append protocol in the README.
 */
final class AppendRun {
    private final CallContext context;
    private final Server server;
    private final StreamLook look;
    private final NewEvents events;
    private final HiddenEvents hiddenEvents;
    private final Backoff overtaken = Backoff.whileOvertaken();
    private final Backoff unavailable = Backoff.whileUnavailable();
    private final ToldRevision told = new ToldRevision();

    /** The attempt whose request left and got no answer, until its outcome is known. */
    private @Nullable OpenAttempt open;

    /** Whether an attempt ahead of the stream was refused: the next look is on a leader that confirmed that it leads. */
    private boolean refusedAhead;

    AppendRun(CallContext context, Server server, StreamLook look, NewEvents events) {
        this.context = context;
        this.server = server;
        this.look = look;
        this.events = events;
        this.hiddenEvents = HiddenEvents.withinCall(server);
    }

    AppendOutcome run() {
        try {
            Optional<AppendOutcome> outcome = step();
            while (outcome.isEmpty()) {
                if (context.isOver()) {
                    OpenAttempt undecided = open;
                    throw undecided != null
                            ? undecided.unknown(null)
                            : server.errors().unavailable("other appends to the stream were faster until callTimeout");
                }
                outcome = step();
            }
            return outcome.get();
        } catch (StoreClosed | StreamDeleted | AppendOutcomeUnknown e) {
            throw e;
        } catch (EventStoreException e) {
            OpenAttempt undecided = open;
            throw undecided == null ? e : undecided.unknown(e);
        }
    }

    /** Looks, decides, and writes. Returns empty if it has to be done again. */
    private Optional<AppendOutcome> step() {
        if (refusedAhead || told.isDoubtful()) {
            server.discovery().confirmed(context);
        }
        Optional<StreamTail> tail = look.look(
                context, events.write().stream(), events.write().expected() instanceof ExpectedVersion.NoStream);
        if (tail.isEmpty()) {
            unavailable.pause(context);
            return Optional.empty();
        }
        told.seen(tail.get().revision());
        OpenAttempt undecided = open;
        return undecided == null ? decide(tail.get()) : resume(undecided, tail.get());
    }

    /** Step 2. */
    private Optional<AppendOutcome> decide(StreamTail tail) {
        StoredStream stream = new StoredStream(context, server, tail, events);
        if (isAhead(tail) && !refusedAhead) {
            return write(records(exactVersion(), stream, tail), tail);
        }
        refusedAhead = false;
        Optional<AppendOutcome> decided =
                AppendDecision.decide(new AppendRequest(List.of(events.write()), List.of()), id -> stream);
        Optional<WriteAnswer.Written> written = stream.writtenByQuestion();
        if (written.isPresent()) {
            return Optional.of(appended(written.get()));
        }
        return decided.isPresent() ? decided : write(records(tail.version(), stream, tail), tail);
    }

    private NewRecords records(long version, StoredStream stream, StreamTail tail) {
        return events.after(version, tail, events.isExact() ? new RecentRing(List.of()) : stream.ring());
    }

    private boolean isAhead(StreamTail tail) {
        return !tail.isTombstoned() && exactVersion() > tail.version();
    }

    /** Returns the version of {@code exactly(n)}; 0 for any other expectation. */
    private long exactVersion() {
        return events.write().expected() instanceof ExpectedVersion.Exactly exactly ? exactly.version() : 0;
    }

    /** Step 3, and the repeated attempt of step 4. */
    private Optional<AppendOutcome> write(NewRecords records, StreamTail tail) {
        WriteAnswer answer = server.append(context, records);
        if (answer instanceof WriteAnswer.Written written) {
            return Optional.of(appended(written));
        }
        if (answer instanceof WriteAnswer.Unanswered unanswered) {
            open = OpenAttempt.of(open, records, unanswered.failure(), server.errors());
            context.holdInterrupts();
            unavailable.pause(context);
            return Optional.empty();
        }
        if (answer instanceof WriteAnswer.Refused refused) {
            told.refused(refused.actual(), tail.revision());
            refusedAhead = isAhead(tail);
        }
        if (open == null) {
            context.allowInterrupts();
        }
        overtaken.pause(context);
        return Optional.empty();
    }

    private AppendOutcome appended(WriteAnswer.Written written) {
        long version = written.revision() + 1;
        look.seen().saw(events.write().stream().value(), version);
        long place = written.hasPosition() ? written.position() : placeOf(written.revision());
        return new Appended(List.of(new AppendResult(events.write().stream(), version, Positions.of(place), false)));
    }

    /** The server does not tell the position of a repeated append whose last event is hidden. */
    private long placeOf(long revision) {
        List<StoredEvent> last = hiddenEvents.find(context, events.write().stream(), revision, 1, ReadRequest.END);
        if (last.isEmpty()) {
            throw server.errors().unavailable("the events are written, and not found in the log");
        }
        return Positions.number(last.get(0).position());
    }

    /** Step 4. */
    private Optional<AppendOutcome> resume(OpenAttempt attempt, StreamTail tail) {
        NewRecords records = attempt.records();
        if (!tail.isTombstoned() && tail.revision() < records.place()) {
            if (refusedAhead && isAhead(tail)) {
                throw attempt.unknown(null);
            }
            return write(records, tail);
        }
        OpenAttempt.Verdict verdict = attempt.verdict(context, server, hiddenEvents, tail, events);
        Optional<Long> ours = verdict.place();
        if (ours.isPresent()) {
            return Optional.of(new Appended(List.of(
                    new AppendResult(events.write().stream(), verdict.version(), Positions.of(ours.get()), false))));
        }
        if (verdict.isOpen()) {
            unavailable.pause(context);
            return Optional.empty();
        }
        open = null;
        context.allowInterrupts();
        if (tail.isTombstoned()) {
            throw new StreamDeleted(tail.stream());
        }
        return decide(tail);
    }
}
