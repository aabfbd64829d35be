package io.headwater.esdb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the metadata of an event says about the append that wrote it. The text form is {@code k/n} for an append of more
 * than one event, then a space and the memory if both are there; it is empty for an event that stands alone and without
 * memory, as every event of another tool does.
 *
 * @param place the place of the event in its append, from 1
 * @param count the number of events of the append
 * @param memory what the stream remembers of appends without an exact expectation, as {@code RecentRing} writes it;
 *     empty for nothing
 */
record AppendMark(int place, int count, String memory) {
    /** The mark of an append of one event, in a stream that remembers nothing. It is not stored. */
    static final AppendMark NONE = new AppendMark(1, 1, "");

    private static final Pattern TEXT = Pattern.compile(
            "(?:(?<place>[1-9][0-9]{0,8})/(?<count>[1-9][0-9]{0,8})(?: (?=.)|$))?(?<memory>[A-Za-z0-9@,*_-]*)");

    AppendMark {
        if (place < 1 || place > count) {
            throw new IllegalArgumentException("place " + place + " of " + count);
        }
    }

    boolean begins() {
        return place == 1;
    }

    boolean ends() {
        return place == count;
    }

    String text() {
        String within = count > 1 ? place + "/" + count : "";
        return within.isEmpty() || memory.isEmpty() ? within + memory : within + " " + memory;
    }

    /** The mark of this text; empty if this class did not write it. */
    static Optional<AppendMark> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String memory = matcher.group("memory");
        if (matcher.group("place") == null) {
            return Optional.of(memory.isEmpty() ? NONE : new AppendMark(1, 1, memory));
        }
        int place = Integer.parseInt(matcher.group("place"));
        int count = Integer.parseInt(matcher.group("count"));
        return place > count || count == 1 ? Optional.empty() : Optional.of(new AppendMark(place, count, memory));
    }
}
