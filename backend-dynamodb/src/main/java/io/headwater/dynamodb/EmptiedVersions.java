package io.headwater.dynamodb;

import io.headwater.spi.support.StoredValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions at which a stream was emptied, oldest first, eight bytes each. */
record EmptiedVersions(List<Long> versions) {
    /** How many a HEAD has at most; then they are moved to an item of their own. */
    static final int MAX = 20;

    EmptiedVersions {
        versions = List.copyOf(versions);
    }

    static EmptiedVersions of(byte @Nullable [] stored) {
        List<Long> versions = new ArrayList<>();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(stored == null ? new byte[0] : stored);
            while (bytes.hasRemaining()) {
                versions.add(bytes.getLong());
            }
        } catch (RuntimeException e) {
            throw StoredValues.damaged("a list of versions at which a stream was emptied", e);
        }
        return new EmptiedVersions(versions);
    }

    boolean isFull() {
        return versions.size() == MAX;
    }

    long last() {
        return versions.get(versions.size() - 1);
    }

    EmptiedVersions and(long version) {
        List<Long> more = new ArrayList<>(versions);
        more.add(version);
        return new EmptiedVersions(more);
    }

    byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(versions.size() * Long.BYTES);
        versions.forEach(bytes::putLong);
        return bytes.array();
    }
}
