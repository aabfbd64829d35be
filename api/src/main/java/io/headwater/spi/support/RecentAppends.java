package io.headwater.spi.support;

import io.headwater.BackendFailure;
import io.headwater.StreamWrite;
import io.headwater.spi.support.StreamState.RecentAppend;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The appends that a stream remembers (I3), as bytes to store with it: spares appends with an exact expectation any cost. The
 * oldest comes first; an entry is the first event's id, the version before and the number of events, big-endian.
 */
public final class RecentAppends {
    private static final int ENTRY = 2 * Long.BYTES + Long.BYTES + Integer.BYTES;

    private RecentAppends() {}

    /**
     * What was stored; nothing if that is null.
     *
     * @throws BackendFailure if it is damaged
     */
    public static List<RecentAppend> decode(byte @Nullable [] stored) {
        checkLength(stored);
        List<RecentAppend> appends = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stored == null ? new byte[0] : stored);
        while (bytes.hasRemaining()) {
            UUID firstId = new UUID(bytes.getLong(), bytes.getLong());
            appends.add(new RecentAppend(firstId, bytes.getLong(), bytes.getInt()));
        }
        return appends;
    }

    private static void checkLength(byte @Nullable [] stored) {
        if (stored != null && stored.length % ENTRY != 0) {
            throw new BackendFailure(
                    "the last appends of a stream are damaged in the storage: %s bytes are not a multiple of %s; check the disk, and restore a backup"
                            .formatted(stored.length, ENTRY),
                    null);
        }
    }

    /**
     * The stored bytes after an append: with it, and without the oldest if there are enough, unless its expectation is exact. A
     * repeat of an exact append is found by the expectation, so those bytes are returned unchanged.
     *
     * @param stored what the stream remembers; null for nothing
     * @param afterVersion the stream's version before the append
     */
    public static byte @Nullable [] after(byte @Nullable [] stored, StreamWrite write, long afterVersion) {
        return AppendDecision.isExact(write.expected())
                ? stored
                : with(
                        stored,
                        write.events().get(0).id(),
                        afterVersion,
                        write.events().size());
    }

    /** The stored bytes with one more append without an exact expectation, and without the oldest if there are enough. */
    public static byte[] with(byte @Nullable [] stored, UUID firstId, long afterVersion, int count) {
        checkLength(stored);
        int length = stored == null ? 0 : stored.length;
        int dropped = length == RecentAppend.REMEMBERED * ENTRY ? ENTRY : 0;
        ByteBuffer bytes = ByteBuffer.allocate(length - dropped + ENTRY);
        if (stored != null) {
            bytes.put(stored, dropped, length - dropped);
        }
        bytes.putLong(firstId.getMostSignificantBits());
        bytes.putLong(firstId.getLeastSignificantBits());
        bytes.putLong(afterVersion);
        bytes.putInt(count);
        return bytes.array();
    }
}
