package io.headwater.esdb;

import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A stream as it was looked at, for the decision on an append. What else the decision asks for is read when it does. */
final class StoredStream implements StreamState {
    private final CallContext context;
    private final Server server;
    private final StreamTail tail;
    private final NewEvents events;
    private final HiddenRepeat hidden;
    private @Nullable RecentRing ring;

    StoredStream(CallContext context, Server server, StreamTail tail, NewEvents events) {
        this.context = context;
        this.server = server;
        this.tail = tail;
        this.events = events;
        this.hidden = new HiddenRepeat(context, server, tail, events);
    }

    static StoredEvent stored(EventMessage event) {
        AppendMark mark = event.metadata().mark();
        return new StoredEvent(event.id(), event.position(), mark.begins(), mark.ends());
    }

    @Override
    public StreamBounds bounds() {
        long version = tail.version();
        return new StreamBounds(version, tail.last().isPresent() ? version : version + 1, tail.isTombstoned());
    }

    @Override
    public List<Long> emptied() {
        return tail.note().emptied().stream().map(StreamNote.Emptied::version).toList();
    }

    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        if (isOther(afterVersion, count)) {
            return List.of();
        }
        if (count == 1 && isLast(afterVersion)) {
            return tail.last().map(StoredStream::stored).stream().toList();
        }
        List<StoredEvent> readable = mayBeRead(afterVersion, count) ? read(afterVersion, count) : List.of();
        return readable.size() == count ? readable : hidden.events(afterVersion, readable);
    }

    private boolean mayBeRead(long afterVersion, int count) {
        long hiddenBefore = tail.metadata()
                .map(metadata -> metadata.truncateBefore().orElse(0))
                .orElse(0L);
        return tail.last().isPresent() && afterVersion + count > hiddenBefore;
    }

    private boolean isLast(long afterVersion) {
        return tail.last().isPresent() && tail.revision() == afterVersion;
    }

    /** Returns whether the last event of the stream is one of those asked for, and is another one than the append has there. */
    private boolean isOther(long afterVersion, int count) {
        long index = tail.revision() - afterVersion;
        return tail.last()
                .filter(last -> index < count)
                .filter(last -> !last.id().equals(events.ids().get((int) index)))
                .isPresent();
    }

    private List<StoredEvent> read(long afterVersion, int count) {
        ReadAnswer answer = server.look(
                context,
                ReadRequest.forwards(tail.stream().value(), afterVersion)
                        .limit(count)
                        .whole());
        return answer.events().stream()
                .map(event -> new EventMessage(event.getEvent()))
                .filter(event -> event.revision() >= afterVersion && event.revision() < afterVersion + count)
                .map(StoredStream::stored)
                .toList();
    }

    /** Returns the append that is remembered under the first id of this one, if there is one: no other matters. */
    @Override
    public List<RecentAppend> recent() {
        UUID firstId = events.ids().get(0);
        return ring().entries().stream()
                .filter(entry -> entry.mayBe(firstId))
                .filter(entry -> isNotAnother(entry, firstId))
                .map(entry -> new RecentAppend(firstId, entry.afterVersion(), entry.count()))
                .toList();
    }

    /** The ring holds a hash of the id only. */
    private boolean isNotAnother(RecentRing.Entry entry, UUID firstId) {
        if (tail.last().isEmpty() || entry.afterVersion() > tail.revision()) {
            return true;
        }
        List<StoredEvent> first = read(entry.afterVersion(), 1);
        return first.isEmpty() || first.get(0).id().equals(firstId);
    }

    /** It is read once, for the decision and for what is written. */
    RecentRing ring() {
        RecentRing known = ring;
        if (known == null) {
            String memory = tail.memory();
            OptionalLong elsewhere = RecentRing.elsewhere(memory);
            known = RecentRing.parse(elsewhere.isPresent() ? memoryAt(elsewhere.getAsLong()) : memory);
            ring = known;
        }
        return known;
    }

    /** A scavenge may have removed the event that held the ring: then the stream remembers nothing. */
    private String memoryAt(long place) {
        return server.look(context, ReadRequest.logForwards(place)).events().stream()
                .map(event -> new EventMessage(event.getEvent()))
                .filter(event -> event.place() == place
                        && event.stream().equals(tail.stream().value()))
                .findFirst()
                .map(event -> event.metadata().mark().memory())
                .orElse("");
    }

    /** Returns what was written just now by a question about an earlier append: see {@link HiddenRepeat}. */
    Optional<WriteAnswer.Written> writtenByQuestion() {
        return hidden.writtenNow();
    }
}
