package io.headwater.esdb;

import io.headwater.BackendFailure;
import io.headwater.Direction;
import io.headwater.StreamDeleted;
import io.headwater.StreamId;
import io.headwater.spi.StreamPage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads pages of streams. */
final class ReadStream {
    /** A truncation during the read of a page leaves a hole in it. This number of holes in a row have another cause. */
    private static final int MAX_HOLES = 10;

    private static final int FILLERS = 500;

    private final Server server;
    private final StreamLook look;

    ReadStream(Server server, StreamLook look) {
        this.server = server;
        this.look = look;
    }

    StreamPage read(StreamId stream, Direction direction, long from, int limit) {
        return server.with(context -> new Reading(context, stream, direction, limit).from(from));
    }

    /** What one request told. */
    private record Part(List<EventMessage> events, OptionalLong version, Optional<EventMessage> first) {}

    /** The read of one page. */
    private final class Reading {
        private final CallContext context;
        private final StreamId stream;
        private final boolean forwards;
        private final int limit;

        Reading(CallContext context, StreamId stream, Direction direction, int limit) {
            this.context = context;
            this.stream = stream;
            this.forwards = direction == Direction.FORWARDS;
            this.limit = limit;
        }

        StreamPage from(long from) {
            long next = from;
            while (true) {
                Part part = withoutHoles(next);
                if (part.events().isEmpty() && part.version().isEmpty()) {
                    StreamTail tail = tail();
                    if (tail.last().isPresent()) {
                        // Written in the meantime.
                        continue;
                    }
                    return new StreamPage(tail.version(), tail.version() + 1, List.of());
                }
                if (part.events().isEmpty() || (!forwards && next == 0)) {
                    return page(part, List.of());
                }
                List<EventMessage> visible = part.events().stream()
                        .filter(event -> !event.isFiller())
                        .toList();
                if (!visible.isEmpty()) {
                    return page(part, visible);
                }
                next = part.events().get(part.events().size() - 1).revision() + (forwards ? 2 : 0);
            }
        }

        private Part notBehind(long from) {
            Part part = part(from);
            while (part.version().isPresent()
                    && !look.seen()
                            .accept(context, stream.value(), part.version().getAsLong() + 1)) {
                part = part(from);
            }
            return part;
        }

        private Part withoutHoles(long from) {
            Optional<EventMessage> behindHole = Optional.empty();
            for (int attempt = 0; attempt < MAX_HOLES; attempt++) {
                Part part = notBehind(from);
                behindHole = behindHole(part.events());
                if (behindHole.isEmpty()) {
                    return part;
                }
            }
            throw new BackendFailure(
                    "stream '%s' has a hole before version %s that no truncation explains: check the server"
                            .formatted(
                                    stream.value(),
                                    behindHole
                                            .map(event -> event.revision() + 1)
                                            .orElse(0L)),
                    null);
        }

        private Optional<EventMessage> behindHole(List<EventMessage> events) {
            for (int i = 1; i < events.size(); i++) {
                if (events.get(i).revision() != events.get(i - 1).revision() + (forwards ? 1 : -1)) {
                    return Optional.of(events.get(i));
                }
            }
            return Optional.empty();
        }

        private Part part(long from) {
            ReadRequest request = request(from).limit(limit);
            if (forwards && from <= 1) {
                ReadAnswer answer = server.page(context, request);
                return part(answer, answer.messages().stream().findFirst());
            }
            List<ReadAnswer> answers = server.pages(context, List.of(request, ReadRequest.forwards(stream.value(), 0)));
            return part(answers.get(0), answers.get(1).messages().stream().findFirst());
        }

        private ReadRequest request(long from) {
            if (forwards) {
                return ReadRequest.forwards(stream.value(), Math.max(0, from - 1));
            }
            return from == Long.MAX_VALUE
                    ? ReadRequest.backwards(stream.value())
                    : ReadRequest.backwards(stream.value(), Math.max(0, from - 1));
        }

        private Part part(ReadAnswer answer, Optional<EventMessage> first) {
            if (answer.isTombstoned()) {
                throw new StreamDeleted(stream);
            }
            return new Part(
                    answer.messages(), answer.isMissing() ? OptionalLong.empty() : answer.lastRevision(), first);
        }

        private StreamPage page(Part part, List<EventMessage> visible) {
            long version = part.version().isPresent() ? part.version().getAsLong() + 1 : tail().version();
            long first = first(part).map(event -> event.revision() + 1).orElse(version + 1);
            for (EventMessage event : visible) {
                version = Math.max(version, event.revision() + 1);
                first = Math.min(first, event.revision() + 1);
            }
            return new StreamPage(
                    version,
                    Math.min(first, version + 1),
                    visible.stream().map(event -> event.recorded(stream)).toList());
        }

        /** The first event of the stream, behind fillers. */
        private Optional<EventMessage> first(Part part) {
            Optional<EventMessage> first = part.first();
            while (first.isPresent() && first.get().isFiller()) {
                List<EventMessage> behind = server.page(
                                context,
                                ReadRequest.forwards(stream.value(), first.get().revision() + 1)
                                        .limit(FILLERS))
                        .messages();
                first = behind.stream()
                        .filter(event -> !event.isFiller())
                        .findFirst()
                        .or(() -> behind.stream().skip(FILLERS - 1L).findFirst());
            }
            return first;
        }

        /** For a page that ended early, and for a stream that was never written or that another tool deleted. */
        private StreamTail tail() {
            Backoff backoff = Backoff.whileUnavailable();
            while (true) {
                Optional<StreamTail> tail = look.look(context, stream, false);
                if (tail.isPresent() && tail.get().isTombstoned()) {
                    throw new StreamDeleted(stream);
                }
                if (tail.isPresent()) {
                    return tail.get();
                }
                if (context.isOver()) {
                    throw server.errors().unavailable("the end of the stream is not replicated");
                }
                backoff.pause(context);
            }
        }
    }
}
