package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import java.util.Map;

/** What a stream's metadata hide; null where nothing is said. */
record StreamMetadata(Long maxCount, Long maxAge, Long truncateBefore, Map<String, Object> acl) {
    static final StreamMetadata NONE = new StreamMetadata(null, null, null, Map.of());

    private static final String MAX_COUNT = "$maxCount";
    private static final String MAX_AGE = "$maxAge";
    private static final String CACHE_CONTROL = "$cacheControl";
    private static final String ACL = "$acl";
    static final String TRUNCATE_BEFORE = "$tb";

    static StreamMetadata keepingLast(long count) {
        return new StreamMetadata(count, null, null, Map.of());
    }

    static StreamMetadata before(long number) {
        return new StreamMetadata(null, null, number, Map.of());
    }

    /** {@link #NONE} for all that is not understood. */
    static StreamMetadata of(ByteString text) {
        try {
            Map<String, Object> members = Json.parseObjectAtStart(text.toStringUtf8());
            integer(members, CACHE_CONTROL);
            return new StreamMetadata(
                    atLeast(1, integer(members, MAX_COUNT)),
                    atLeast(1, integer(members, MAX_AGE)),
                    atLeast(0, integer(members, TRUNCATE_BEFORE)),
                    Json.object(members.getOrDefault(ACL, Map.of())));
        } catch (Json.NotJson e) {
            return NONE;
        }
    }

    private static Long integer(Map<String, Object> members, String name) throws Json.NotJson {
        if (!members.containsKey(name)) {
            return null;
        }
        if (members.get(name) instanceof Long number) {
            return number;
        }
        throw new Json.NotJson(name);
    }

    private static Long atLeast(long least, Long number) {
        return number == null || number < least ? null : number;
    }

    /** Whether the stream counts as deleted. */
    boolean deletes() {
        return truncateBefore != null && truncateBefore == Streams.DELETED;
    }

    /** The lowest number that count and truncation leave. */
    long first(long last) {
        long first = 0;
        if (maxCount != null) {
            first = Math.max(first, last - maxCount + 1);
        }
        if (truncateBefore != null) {
            first = Math.max(first, truncateBefore);
        }
        return first;
    }

    boolean expired(StoredRecord record) {
        return maxAge != null && record.created() < Ticks.now() - Ticks.ofSeconds(maxAge);
    }
}
