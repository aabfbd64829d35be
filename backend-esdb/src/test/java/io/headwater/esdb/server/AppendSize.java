package io.headwater.esdb.server;

import com.google.protobuf.ByteString;

/** The size of one append as its limits count it: before 26 only the data. */
final class AppendSize {
    private final Profile profile;
    private long total;

    AppendSize(Profile profile) {
        this.profile = profile;
    }

    int ofEvent(String type, ByteString data, ByteString metadata) {
        return profile.countsWholeEvents() ? data.size() + metadata.size() + 2 * type.length() : data.size();
    }

    boolean eventExceeds(int size) {
        return profile.maxEventSize() > 0 && size > profile.maxEventSize();
    }

    /** Whether the append is too long with one more event. */
    boolean exceedsWith(int size) {
        total += size;
        return total > profile.maxAppendSize();
    }

    int maxEventSize() {
        return profile.maxEventSize();
    }

    int max() {
        return profile.maxAppendSize();
    }
}
