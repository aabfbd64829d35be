package io.headwater.dynamodb;

import io.headwater.ExpectedVersion;
import io.headwater.StreamWrite;
import io.headwater.spi.support.RecentAppends;
import io.headwater.spi.support.StreamBounds;
import io.headwater.spi.support.StreamState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream with the appends to it that are to be written with one ticket. */
final class GrowingStream implements StreamState {
    private static final String NOT_TOMBSTONED = " AND attribute_not_exists(#state)";

    private final StreamHead head;
    private final StreamState stored;
    private StreamBounds bounds;
    private byte @Nullable [] recent;
    private boolean asRead;
    private boolean grown;

    GrowingStream(StreamHead head, StreamState stored) {
        this.head = head;
        this.stored = stored;
        this.bounds = head.bounds();
        this.recent = head.recentBytes();
    }

    StreamHead head() {
        return head;
    }

    boolean hasGrown() {
        return grown;
    }

    @Override
    public StreamBounds bounds() {
        return bounds;
    }

    @Override
    public List<Long> emptied() {
        return stored.emptied();
    }

    /** None of those that are not written yet: what is decided by them is decided again when they are. */
    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        return afterVersion + count > stored.version() ? List.of() : stored.events(afterVersion, count);
    }

    @Override
    public List<RecentAppend> recent() {
        return RecentAppends.decode(recent);
    }

    /** Adds an append. Returns the version of its first event. */
    long add(StreamWrite write) {
        long before = bounds.version();
        ExpectedVersion expected = write.expected();
        asRead |= expected instanceof ExpectedVersion.NoStream || expected instanceof ExpectedVersion.StreamExists;
        recent = RecentAppends.after(recent, write, before);
        bounds = bounds.grown(write.events().size());
        grown = true;
        return before + 1;
    }

    /** The write of the HEAD. */
    Write write(Keys keys, long ticket) {
        return head.exists() ? update(keys, ticket) : create(keys, ticket);
    }

    private Write create(Keys keys, long ticket) {
        Item item = Item.at(keys.head(head.stream()))
                .with(StreamHead.VERSION, bounds.version())
                .with(StreamHead.FIRST, bounds.first())
                .with(StreamHead.TICKET, ticket)
                .with(StreamHead.RECENT, recent);
        return Write.put(item).onlyIf("attribute_not_exists(#pk)");
    }

    /** A delete keeps the version, so an expectation that it would change asks for more. */
    private Write update(Keys keys, long ticket) {
        String set = "SET #version = :version, #ticket = :ticket";
        String condition = "#version = :was AND #ticket < :ticket" + NOT_TOMBSTONED;
        Write write = Write.update(keys.head(head.stream()), recent == null ? set : set + ", #recent = :recent")
                .onlyIf(asRead ? condition + " AND #first = :first" : condition)
                .value("version", bounds.version())
                .value("ticket", ticket)
                .value("was", head.bounds().version());
        if (recent != null) {
            write.value("recent", recent);
        }
        return asRead ? write.value("first", head.bounds().first()) : write;
    }
}
