package io.headwater.esdb;

import io.headwater.StreamDeleted;
import io.headwater.spi.support.StreamState.StoredEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an append was made before whose events cannot be read any more. The server knows: it is asked to append the same
 * events where they would have to lie. It compares them with those that it has there, and cannot write, as the stream goes on behind.
 */
final class HiddenRepeat {
    private final CallContext context;
    private final Server server;
    private final StreamTail tail;
    private final NewEvents events;
    private WriteAnswer.@Nullable Written writtenNow;

    HiddenRepeat(CallContext context, Server server, StreamTail tail, NewEvents events) {
        this.context = context;
        this.server = server;
        this.tail = tail;
        this.events = events;
    }

    /** Returns the events of this append after a version, or others if it was not made there. */
    List<StoredEvent> events(long afterVersion, List<StoredEvent> readable) {
        if (isOther(readable) || (afterVersion == 0 && tail.isDeletedNatively())) {
            return readable;
        }
        return isKnown(afterVersion) ? find(afterVersion) : readable;
    }

    private boolean isOther(List<StoredEvent> readable) {
        return !events.ids()
                .subList(events.count() - readable.size(), events.count())
                .equals(readable.stream().map(StoredEvent::id).toList());
    }

    private boolean isKnown(long afterVersion) {
        Backoff backoff = Backoff.whileUnavailable();
        while (true) {
            WriteAnswer answer = server.append(context, events.question(afterVersion));
            if (answer instanceof WriteAnswer.Tombstoned) {
                throw new StreamDeleted(tail.stream());
            }
            if (answer instanceof WriteAnswer.Refused) {
                return false;
            }
            if (answer instanceof WriteAnswer.Written written) {
                return isWhereAsked(afterVersion, written);
            }
            WriteAnswer.Unanswered unanswered = (WriteAnswer.Unanswered) answer;
            if (context.isOver()) {
                throw afterVersion == 0
                        ? server.errors().unknown(unanswered.failure())
                        : server.errors().unavailable(unanswered.failure());
            }
            backoff.pause(context);
        }
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
        return new HiddenEvents(server)
                .find(context, tail.stream(), afterVersion, events.count(), ReadRequest.END);
    }

    Optional<WriteAnswer.Written> writtenNow() {
        return Optional.ofNullable(writtenNow);
    }
}
