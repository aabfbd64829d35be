package io.headwater.spi.support;

import io.headwater.BackendFailure;
import io.headwater.RecordedEvent;
import io.headwater.StreamWrite;
import io.headwater.spi.support.StreamState.RecentAppend;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the recent appends of a stream (I3) as bytes to store with the stream. Appends with an exact expectation are
 * not encoded, and cost nothing. The oldest append comes first. An entry is the id of the first event, the version
 * before the append and the number of events, big-endian.
 */
public final class RecentAppends {
    private static final int ENTRY = 2 * Long.BYTES + Long.BYTES + Integer.BYTES;

    private RecentAppends() {}

    /**
     * Decodes stored bytes; null means no appends.
     *
     * @throws BackendFailure if the bytes are damaged
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
     * Returns the bytes to store after an append. They include the append, and no longer include the oldest one if
     * there are enough. If the expectation of the append is exact, the bytes do not change, because its repeat is
     * recognised by the expectation.
     *
     * @param stored the stored bytes of the stream; null for none
     * @param afterVersion the version of the stream before the append
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

    /**
     * Returns the bytes to store after an append without an exact expectation: with that append, and without the oldest
     * one if there are enough.
     */
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

    /** Returns whether events with adjacent versions of the stream are one of these appends. */
    public static boolean contain(List<RecentAppend> appends, List<RecordedEvent> events) {
        RecordedEvent first = events.get(0);
        return appends.contains(new RecentAppend(first.id(), first.version() - 1, events.size()));
    }
}
