package io.headwater.esdb;

import io.headwater.ExpectedVersion;
import io.headwater.StreamDeleted;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an append was made before whose events cannot be read any more. The server knows: it is asked to append the same
 * events where they would have to lie. It compares them with those that it has there, and cannot write, as the stream goes on behind.
 */
final class HiddenRepeat {
    private static final int AT_A_TIME = 32;

    private final CallContext context;
    private final Server server;
    private final StreamTail tail;
    private final NewEvents events;
    private final Map<Long, Boolean> known = new HashMap<>();
    private WriteAnswer.@Nullable Written writtenNow;

    HiddenRepeat(CallContext context, Server server, StreamTail tail, NewEvents events) {
        this.context = context;
        this.server = server;
        this.tail = tail;
        this.events = events;
    }

    /** Returns the events of this append after a version, or others if it was not made there. */
    List<StoredEvent> events(long afterVersion, List<StoredEvent> readable) {
        if (isOther(readable) || !canBeAsked(afterVersion)) {
            return readable;
        }
        if (!known.containsKey(afterVersion)) {
            askAbout(afterVersion);
        }
        return Boolean.TRUE.equals(known.get(afterVersion)) ? find(afterVersion) : readable;
    }

    private boolean isOther(List<StoredEvent> readable) {
        return !events.ids()
                .subList(events.count() - readable.size(), events.count())
                .equals(readable.stream().map(StoredEvent::id).toList());
    }

    /** Behind another tool's delete an append to a new stream would be written. */
    private boolean canBeAsked(long afterVersion) {
        return afterVersion > 0 || !tail.isDeletedNatively();
    }

    /** With {@code noStream} an append may have begun any life of the stream, so all are asked about, some at a time. */
    private void askAbout(long afterVersion) {
        List<Long> places = new ArrayList<>(List.of(afterVersion));
        if (events.write().expected() instanceof ExpectedVersion.NoStream) {
            tail.note().emptied().stream()
                    .map(StreamNote.Emptied::version)
                    .filter(version -> version + events.count() <= tail.version())
                    .forEach(version -> places.add(0, version));
        }
        for (int from = 0; from < places.size() && !known.containsValue(true); from += AT_A_TIME) {
            ask(places.subList(from, Math.min(places.size(), from + AT_A_TIME)));
        }
        places.forEach(place -> known.putIfAbsent(place, false));
    }

    private void ask(List<Long> places) {
        List<WriteAnswer> answers =
                server.ask(context, places.stream().map(events::question).toList());
        for (int i = 0; i < places.size(); i++) {
            known.put(places.get(i), isKnown(places.get(i), answers.get(i)));
        }
        context.allowInterrupts();
    }

    private boolean isKnown(long afterVersion, WriteAnswer first) {
        Backoff backoff = Backoff.whileUnavailable();
        WriteAnswer answer = first;
        while (answer instanceof WriteAnswer.Unanswered unanswered) {
            if (context.isOver()) {
                throw afterVersion == 0
                        ? server.errors().unknown(unanswered.failure())
                        : server.errors().unavailable(unanswered.failure());
            }
            backoff.pause(context);
            answer = server.ask(context, List.of(events.question(afterVersion))).get(0);
        }
        if (answer instanceof WriteAnswer.Tombstoned) {
            throw new StreamDeleted(tail.stream());
        }
        return answer instanceof WriteAnswer.Written written && isWhereAsked(afterVersion, written);
    }

    /** Behind a delete that another tool made in this moment, an append to a new stream is written. */
    private boolean isWhereAsked(long afterVersion, WriteAnswer.Written written) {
        boolean there = written.revision() == afterVersion + events.count() - 1;
        if (!there) {
            writtenNow = written;
        }
        return there;
    }

    private List<StoredEvent> find(long afterVersion) {
        boolean withLast = tail.last().isPresent() && tail.revision() < afterVersion + events.count();
        int searched = withLast ? events.count() - 1 : events.count();
        List<StoredEvent> found = new ArrayList<>(HiddenEvents.anyTime(server)
                .find(context, tail.stream(), afterVersion, searched, HiddenEvents.placeOf(tail.last())));
        if (withLast) {
            tail.last().map(StoredStream::stored).ifPresent(found::add);
        }
        return found;
    }

    Optional<WriteAnswer.Written> writtenNow() {
        return Optional.ofNullable(writtenNow);
    }
}
