package io.headwater.esdb;

import io.headwater.spi.support.StreamState.RecentAppend;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a stream remembers of its last appends without an exact expectation (I3): of each a hash of the id of its first event,
 * the version that it was written after, and the number of its events. The last event of such an append holds it; that of an append
 * with an exact expectation holds the position of the event that does.
 */
record RecentRing(List<Entry> entries) {
    private static final int HASH_BYTES = 6;
    private static final int SHIFT = 33;
    private static final long MIX_1 = 0xff51afd7ed558ccdL;
    private static final long MIX_2 = 0xc4ceb9fe1a85ec53L;
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]{8})(\\d{1,18})(?:\\*(\\d{1,9}))?");
    private static final Pattern ELSEWHERE = Pattern.compile("@(\\d{1,19})");

    RecentRing {
        entries = List.copyOf(entries);
    }

    /** An append that is remembered. */
    record Entry(String idHash, long afterVersion, int count) {
        private static Entry of(UUID firstId, long afterVersion, int count) {
            byte[] bytes =
                    ByteBuffer.allocate(Long.BYTES).putLong(hash(firstId)).array();
            return new Entry(
                    Base64.getUrlEncoder().encodeToString(Arrays.copyOf(bytes, HASH_BYTES)), afterVersion, count);
        }

        /** Of all bits, as many ids begin with the time, or with what all ids of a program have. The finalizer of MurmurHash3. */
        private static long hash(UUID id) {
            long mixed = id.getMostSignificantBits() * MIX_1 + id.getLeastSignificantBits();
            mixed = (mixed ^ (mixed >>> SHIFT)) * MIX_1;
            mixed = (mixed ^ (mixed >>> SHIFT)) * MIX_2;
            return mixed ^ (mixed >>> SHIFT);
        }

        private String text() {
            return idHash + afterVersion + (count == 1 ? "" : "*" + count);
        }

        private static Optional<Entry> parse(String text) {
            Matcher parts = ENTRY.matcher(text);
            return parts.matches()
                    ? Optional.of(new Entry(
                            parts.group(1),
                            Long.parseLong(parts.group(2)),
                            parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3))))
                    : Optional.empty();
        }

        /** Returns whether the append may have begun with this id. */
        boolean mayBe(UUID firstId) {
            return of(firstId, afterVersion, count).equals(this);
        }
    }

    /** Returns the ring of this text; empty if it is none. */
    static RecentRing parse(String text) {
        return new RecentRing(
                text.isEmpty()
                        ? List.of()
                        : Stream.of(text.split(",", -1))
                                .map(Entry::parse)
                                .flatMap(Optional::stream)
                                .toList());
    }

    /** Returns the place of the event that holds the ring, if this text says it. */
    static OptionalLong elsewhere(String text) {
        Matcher place = ELSEWHERE.matcher(text);
        return place.matches() ? OptionalLong.of(Long.parseLong(place.group(1))) : OptionalLong.empty();
    }

    /** Returns the text that says that the event at this place holds the ring. */
    static String at(long place) {
        return "@" + place;
    }

    /** Returns this ring with another append, and without the oldest if there are enough. */
    RecentRing with(UUID firstId, long afterVersion, int count) {
        Stream<Entry> all = Stream.concat(entries.stream(), Stream.of(Entry.of(firstId, afterVersion, count)));
        return new RecentRing(all.skip(Math.max(0, entries.size() + 1 - RecentAppend.REMEMBERED))
                .toList());
    }

    String text() {
        return entries.stream().map(Entry::text).collect(Collectors.joining(","));
    }
}
