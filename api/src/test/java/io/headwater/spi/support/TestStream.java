package io.headwater.spi.support;

import io.headwater.Position;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** The state of a stream whose events have the ids that {@link #id} makes of letters; each is at position 10 × version. */
final class TestStream implements StreamState {
    private final List<UUID> ids;
    private final List<Long> emptied = new ArrayList<>();
    private final List<RecentAppend> recent = new ArrayList<>();

    /** The indexes at which an append begins, and the one behind the last. */
    private final Set<Integer> begins = new HashSet<>();

    private boolean tombstoned;

    private TestStream(String appends) {
        ids = ids(appends.replace("|", ""));
        begins.add(0);
        for (String append : appends.split("\\|")) {
            begins.add(Collections.max(begins) + append.length());
        }
    }

    /** A stream of these events, one for each letter; a bar stands between two appends. */
    static TestStream of(String appends) {
        return new TestStream(appends);
    }

    static List<UUID> ids(String letters) {
        return letters.chars().mapToObj(c -> id((char) c)).toList();
    }

    static UUID id(char letter) {
        return new UUID(0, letter);
    }

    TestStream emptied(Long... versions) {
        emptied.addAll(Arrays.asList(versions));
        return this;
    }

    /** Remembers that these events were one append without an exact expectation. */
    TestStream recent(long afterVersion, int count) {
        recent.add(new RecentAppend(ids.get((int) afterVersion), afterVersion, count));
        return this;
    }

    TestStream tombstone() {
        tombstoned = true;
        return this;
    }

    @Override
    public StreamBounds bounds() {
        boolean empty = tombstoned || emptied.contains((long) ids.size());
        return new StreamBounds(ids.size(), empty ? ids.size() + 1 : 1, tombstoned);
    }

    @Override
    public List<Long> emptied() {
        return emptied;
    }

    /** Fails for versions that the stream does not have. */
    @Override
    public List<StoredEvent> events(long afterVersion, int count) {
        return IntStream.range((int) afterVersion, Math.toIntExact(Math.addExact(afterVersion, count)))
                .mapToObj(this::event)
                .toList();
    }

    private StoredEvent event(int index) {
        Position position = Positions.of(10L * (index + 1));
        return new StoredEvent(ids.get(index), position, begins.contains(index), begins.contains(index + 1));
    }

    @Override
    public List<RecentAppend> recent() {
        return recent;
    }
}
