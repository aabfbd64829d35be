package io.headwater.esdb;

import io.headwater.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Looks at the end of a stream (step 1 of an append). */
final class StreamLook {
    private final Server server;
    private final SeenVersions seen;
    private final BiFunction<CallContext, ReadRequest, ReadAnswer> scan;

    private StreamLook(Server server, SeenVersions seen, BiFunction<CallContext, ReadRequest, ReadAnswer> scan) {
        this.server = server;
        this.seen = seen;
        this.scan = scan;
    }

    /** Looks however long it takes to find the last event of a stream that another tool deleted. */
    static StreamLook anyTime(Server server, SeenVersions seen) {
        return new StreamLook(server, seen, server::scan);
    }

    /** Looks within the time of the call. */
    static StreamLook withinCall(Server server, SeenVersions seen) {
        return new StreamLook(server, seen, server::scanWithinCall);
    }

    SeenVersions seen() {
        return seen;
    }

    /**
     * Returns the end of a stream. Empty if it cannot be told now, because a record was written behind another tool's delete and may
     * not be replicated: to be asked again, after a pause.
     *
     * @param withMetadata whether the metadata is needed in any case
     */
    Optional<StreamTail> look(CallContext context, StreamId stream, boolean withMetadata) {
        Optional<StreamTail> tail = lookOnce(context, stream, withMetadata);
        while (tail.isPresent()
                && !tail.get().isTombstoned()
                && !seen.accept(context, stream.value(), tail.get().version())) {
            tail = lookOnce(context, stream, withMetadata);
        }
        return tail;
    }

    private Optional<StreamTail> lookOnce(CallContext context, StreamId stream, boolean withMetadata) {
        ReadRequest end = ReadRequest.backwards(stream.value());
        if (withMetadata) {
            List<ReadAnswer> answers = server.looks(context, List.of(end, metadataOf(stream)));
            return tail(context, stream, answers.get(0), Optional.of(answers.get(1)));
        }
        return tail(context, stream, server.look(context, end), Optional.empty());
    }

    private static ReadRequest metadataOf(StreamId stream) {
        return ReadRequest.backwards(EventMessage.METADATA_STREAM + stream.value());
    }

    private Optional<StreamTail> tail(
            CallContext context, StreamId stream, ReadAnswer end, Optional<ReadAnswer> metadata) {
        if (end.isTombstoned()) {
            return Optional.of(StreamTail.ofTombstoned(stream));
        }
        Optional<EventMessage> last = first(end);
        if (last.isPresent()) {
            return Optional.of(
                    new StreamTail(stream, last.get().revision(), last, metadata.map(StreamLook::metadata), false));
        }
        ReadAnswer found = metadata.orElseGet(() -> server.look(context, metadataOf(stream)));
        return withoutLast(context, stream, end, found);
    }

    private Optional<StreamTail> withoutLast(
            CallContext context, StreamId stream, ReadAnswer end, ReadAnswer metadataAnswer) {
        StreamMetadata metadata = metadata(metadataAnswer);
        if (end.lastRevision().isPresent()) {
            return Optional.of(hidden(stream, end.lastRevision().getAsLong(), metadata));
        }
        if (!metadata.isDeleted()) {
            return Optional.of(hidden(stream, NewRecords.NO_STREAM, metadata));
        }
        StreamAsk.Answer told = server.ask(context, stream.value());
        if (told.isTombstoned()) {
            return Optional.of(StreamTail.ofTombstoned(stream));
        }
        long before = lastBefore(context, stream, first(metadataAnswer).orElseThrow());
        return told.revision() > before ? Optional.empty() : Optional.of(hidden(stream, before, metadata));
    }

    private static StreamTail hidden(StreamId stream, long revision, StreamMetadata metadata) {
        return new StreamTail(stream, revision, Optional.empty(), Optional.of(metadata), false);
    }

    /** Returns the revision of the stream's last event before it was deleted, which every scavenge leaves in the log. */
    private long lastBefore(CallContext context, StreamId stream, EventMessage deletion) {
        ReadAnswer found =
                scan.apply(context, ReadRequest.logBackwards(deletion.place()).matching(LogPatterns.exactly(stream)));
        return first(found).map(EventMessage::revision).orElse(NewRecords.NO_STREAM);
    }

    private static Optional<EventMessage> first(ReadAnswer answer) {
        return answer.events().stream().findFirst().map(event -> new EventMessage(event.getEvent()));
    }

    private static StreamMetadata metadata(ReadAnswer answer) {
        return first(answer).map(StreamMetadata::read).orElse(StreamMetadata.NONE);
    }
}
