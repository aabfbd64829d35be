package io.headwater.sqlite;

import io.headwater.spi.StreamState.RecentAppend;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The appends that a stream remembers (I3), as bytes in its row: spares appends with an exact expectation any cost. */
final class RecentAppends {
    private static final int ENTRY = 2 * Long.BYTES + Long.BYTES + Integer.BYTES;

    private RecentAppends() {}

    static List<RecentAppend> decode(byte @Nullable [] stored) {
        List<RecentAppend> appends = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stored == null ? new byte[0] : stored);
        while (bytes.hasRemaining()) {
            UUID firstId = new UUID(bytes.getLong(), bytes.getLong());
            appends.add(new RecentAppend(firstId, bytes.getLong(), bytes.getInt()));
        }
        return appends;
    }

    /** The stored bytes with one more append, and without the oldest if there are enough. */
    static byte[] with(byte @Nullable [] stored, RecentAppend append) {
        int length = stored == null ? 0 : stored.length;
        int dropped = length == RecentAppend.REMEMBERED * ENTRY ? ENTRY : 0;
        ByteBuffer bytes = ByteBuffer.allocate(length - dropped + ENTRY);
        if (stored != null) {
            bytes.put(stored, dropped, length - dropped);
        }
        bytes.putLong(append.firstId().getMostSignificantBits());
        bytes.putLong(append.firstId().getLeastSignificantBits());
        bytes.putLong(append.afterVersion());
        bytes.putInt(append.count());
        return bytes.array();
    }
}
