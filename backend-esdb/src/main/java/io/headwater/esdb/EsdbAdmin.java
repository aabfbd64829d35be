package io.headwater.esdb;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.EventStoreException;
import io.headwater.ExpectedVersion;
import io.headwater.StoreClosed;
import io.headwater.StreamAdmin;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.esdb.StreamNote.Emptied;
import io.headwater.spi.support.AdminDecision;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deletes and truncates streams by their metadata, and tombstones them as the server does. The server's own delete is not
 * used: it forgets the stream's metadata, and hides its version. Within a process these calls and appends to the stream
 * take turns, as an expectation of a stream that exists is not checked by the server.
 */
final class EsdbAdmin implements StreamAdmin {
    private final Server server;
    private final StreamLook look;
    private final StreamSettings settings;
    private final StreamLocks locks;

    EsdbAdmin(Server server, StreamLook look, OwnStreams streams, StreamLocks locks) {
        this.server = server;
        this.locks = locks;
        this.look = look;
        this.settings = new StreamSettings(streams);
    }

    @Override
    public void delete(StreamId stream, ExpectedVersion expected) {
        truncate(stream, Long.MAX_VALUE, state -> AdminDecision.checkDelete(stream, expected, state));
    }

    @Override
    public void truncateBefore(StreamId stream, long version) {
        truncate(stream, version, state -> AdminDecision.checkTruncate(stream, state));
    }

    /** Hides the events before a version. Those that are appended in the meantime are behind it. */
    private void truncate(StreamId stream, long version, Consumer<StreamState> check) {
        server.with(context -> locks.locked(context, stream, () -> {
            boolean done = false;
            while (!done) {
                StreamTail tail = tail(context, stream, true);
                check.accept(new Seen(tail));
                Optional<StreamMetadata> changed = truncated(tail, Math.min(Math.max(version - 1, 0), tail.version()));
                done = changed.isEmpty() || settings.write(context, stream.value(), changed.get());
            }
            return done;
        }));
    }

    /** The metadata that hides all events before a revision; empty if they are hidden. */
    private static Optional<StreamMetadata> truncated(StreamTail tail, long first) {
        StreamMetadata metadata = tail.metadata().orElse(StreamMetadata.NONE);
        if (tail.last().isEmpty() || first <= metadata.truncateBefore().orElse(0)) {
            return Optional.empty();
        }
        StreamMetadata truncated = metadata.withTruncateBefore(first);
        return Optional.of(
                first < tail.version()
                        ? truncated
                        : truncated.with(tail.note()
                                .emptiedAt(
                                        new Emptied(
                                                tail.version(),
                                                tail.last().get().position()),
                                        tail.memory())));
    }

    @Override
    public void tombstone(StreamId stream, ExpectedVersion expected) {
        server.with(context -> locks.locked(context, stream, () -> {
            new Tombstone(context, stream, expected).run();
            return true;
        }));
    }

    private StreamTail tail(CallContext context, StreamId stream, boolean withMetadata) {
        Backoff backoff = Backoff.whileUnavailable();
        Optional<StreamTail> tail = look.look(context, stream, withMetadata);
        while (tail.isEmpty()) {
            if (context.isOver()) {
                throw server.errors()
                        .unavailable("the end of stream '%s' could not be told until callTimeout".formatted(stream));
            }
            backoff.pause(context);
            tail = look.look(context, stream, withMetadata);
        }
        return tail.get();
    }

    /** A stream as it was looked at. Nothing but its bounds decides on these changes. */
    private record Seen(StreamTail tail) implements StreamState {
        @Override
        public StreamBounds bounds() {
            long version = tail.version();
            return new StreamBounds(version, tail.last().isPresent() ? version : version + 1, tail.isTombstoned());
        }

        @Override
        public List<Long> emptied() {
            return List.of();
        }

        @Override
        public List<StoredEvent> events(long afterVersion, int count) {
            return List.of();
        }

        @Override
        public List<RecentAppend> recent() {
            return List.of();
        }
    }

    /**
     * The attempts to tombstone a stream at the revision that was seen. One without an answer is open until the stream is
     * seen tombstoned, or longer: then it can no longer succeed.
     */
    private final class Tombstone {
        private final CallContext context;
        private final StreamId stream;
        private final ExpectedVersion expected;
        private boolean open;
        private long sentAt;

        Tombstone(CallContext context, StreamId stream, ExpectedVersion expected) {
            this.context = context;
            this.stream = stream;
            this.expected = expected;
        }

        void run() {
            try {
                attempt();
            } catch (StoreClosed e) {
                throw e;
            } catch (EventStoreException e) {
                throw open ? unknown(e) : e;
            }
        }

        private AppendOutcomeUnknown unknown(EventStoreException cause) {
            return new AppendOutcomeUnknown(
                    "the reply to a tombstone of stream '%s' was lost, and its outcome could not be found out until callTimeout"
                            .formatted(stream),
                    cause);
        }

        private void attempt() {
            Backoff backoff = Backoff.whileUnavailable();
            while (true) {
                StreamTail tail = tail(context, stream, false);
                if (open && tail.isTombstoned()) {
                    return;
                }
                open = open && tail.revision() == sentAt;
                AdminDecision.checkTombstone(stream, expected, new Seen(tail));
                sentAt = tail.revision();
                WriteAnswer answer = server.tombstone(context, stream.value(), sentAt);
                if (answer instanceof WriteAnswer.Written || isTombstoned(answer)) {
                    return;
                }
                if (context.isOver()) {
                    throw server.errors()
                            .unavailable("stream '%s' could not be tombstoned until callTimeout".formatted(stream));
                }
                backoff.pause(context);
            }
        }

        private boolean isTombstoned(WriteAnswer answer) {
            if (answer instanceof WriteAnswer.Unanswered) {
                open = true;
                context.holdInterrupts();
                return server.ask(context, stream.value()).isTombstoned();
            }
            if (answer instanceof WriteAnswer.Tombstoned && !open) {
                throw new StreamDeleted(stream);
            }
            return answer instanceof WriteAnswer.Tombstoned;
        }
    }
}
