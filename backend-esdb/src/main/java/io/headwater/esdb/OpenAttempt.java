package io.headwater.esdb;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventStoreException;
import io.headwater.spi.Positions;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to append whose request left and got no answer. It is open until what is read at its place tells its outcome (step 4).
 *
 * @param failure how the last attempt ended
 */
record OpenAttempt(NewRecords records, CallFailure failure, boolean alwaysFailedAlike, EsdbErrors errors) {

    static OpenAttempt of(@Nullable OpenAttempt before, NewRecords records, CallFailure failure, EsdbErrors errors) {
        boolean failed = EsdbErrors.kind(failure) == EsdbErrors.Kind.FAILED;
        boolean alike = failed
                && (before == null
                        || (before.alwaysFailedAlike
                                && EsdbErrors.text(before.failure).equals(EsdbErrors.text(failure))));
        return new OpenAttempt(records, failure, alike, errors);
    }

    /**
     * The outcome of the attempt.
     *
     * @param place the place of its last event if it was written; empty if not
     * @param version the version of its last event if it was written
     * @param isOpen whether that is not known yet
     */
    record Verdict(Optional<Long> place, long version, boolean isOpen) {
        private static final Verdict NEVER = new Verdict(Optional.empty(), 0, false);
        private static final Verdict OPEN = new Verdict(Optional.empty(), 0, true);

        private static Verdict written(long place, long version) {
            return new Verdict(Optional.of(place), version, false);
        }
    }

    AppendOutcomeUnknown unknown(@Nullable EventStoreException cause) {
        String reason = alwaysFailedAlike
                ? "the server failed at each attempt to append: " + EsdbErrors.text(failure)
                : "the reply to an append was lost, and its outcome could not be determined: "
                        + (cause == null ? EsdbErrors.text(failure) : cause.getMessage());
        return new AppendOutcomeUnknown(reason, cause == null ? failure : cause);
    }

    /** Decides by a look that reaches the place of the attempt, or saw a tombstone. */
    Verdict verdict(CallContext context, Server server, HiddenEvents hidden, StreamTail tail, NewEvents events) {
        if (tail.isTombstoned()) {
            return search(context, hidden, tail, events);
        }
        ReadAnswer answer = server.look(
                context,
                ReadRequest.forwards(records.stream(), records.place())
                        .limit(events.count())
                        .whole());
        List<EventMessage> found = answer.events().stream()
                .map(event -> new EventMessage(event.getEvent()))
                .toList();
        if (isOurs(found, events)) {
            EventMessage last = found.get(found.size() - 1);
            return Verdict.written(last.place(), last.revision() + 1);
        }
        if (found.stream().anyMatch(event -> event.revision() == records.place())) {
            return records.afterRevision() == NewRecords.NO_STREAM
                    ? behindDelete(context, server, events)
                    : Verdict.NEVER;
        }
        return hiddenOrNever(context, server, hidden, tail, events);
    }

    private static boolean isOurs(List<EventMessage> found, NewEvents events) {
        if (found.size() != events.count()) {
            return false;
        }
        for (int i = 0; i < found.size(); i++) {
            AppendMark mark = found.get(i).metadata().mark();
            if (!found.get(i).id().equals(events.ids().get(i))
                    || mark.place() != i + 1
                    || mark.count() != events.count()) {
                return false;
            }
        }
        return true;
    }

    /** Appended to no stream, it may lie behind the delete of another tool, where the stream can be read again. */
    private Verdict behindDelete(CallContext context, Server server, NewEvents events) {
        List<EventMessage> first = server
                .look(
                        context,
                        ReadRequest.forwards(records.stream(), 0)
                                .limit(events.count())
                                .whole())
                .events()
                .stream()
                .map(event -> new EventMessage(event.getEvent()))
                .toList();
        if (!isOurs(first, events)) {
            return Verdict.NEVER;
        }
        EventMessage last = first.get(first.size() - 1);
        return Verdict.written(last.place(), last.revision() + 1);
    }

    private Verdict hiddenOrNever(
            CallContext context, Server server, HiddenEvents hidden, StreamTail tail, NewEvents events) {
        if (records.place() == 0 || tail.isDeletedNatively()) {
            Verdict behind = behindDelete(context, server, events);
            return behind.place().isPresent() ? behind : search(context, hidden, tail, events);
        }
        WriteAnswer answer = server.append(context, records);
        if (answer instanceof WriteAnswer.Written written) {
            return written.hasPosition()
                    ? Verdict.written(written.position(), written.revision() + 1)
                    : search(context, hidden, tail, events);
        }
        return answer instanceof WriteAnswer.Refused ? Verdict.NEVER : Verdict.OPEN;
    }

    private Verdict search(CallContext context, HiddenEvents hidden, StreamTail tail, NewEvents events) {
        List<StoredEvent> found = hidden.find(context, tail.stream(), records.place(), events.count(), ReadRequest.END);
        if (found.stream().map(StoredEvent::id).toList().equals(events.ids())) {
            StoredEvent last = found.get(found.size() - 1);
            return Verdict.written(Positions.number(last.position()), records.place() + events.count());
        }
        if (tail.isDeletedNatively()) {
            throw unknown(null);
        }
        return Verdict.NEVER;
    }
}
