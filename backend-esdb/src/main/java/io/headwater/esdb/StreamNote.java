package io.headwater.esdb;

import io.headwater.Position;
import io.headwater.spi.Positions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the metadata of a stream says, beside the server's own settings, about the events that deletes and truncations
 * hide.
 *
 * @param emptied where the stream was emptied, the oldest first
 * @param memory what the stream remembered of appends without an exact expectation when it was emptied last, as in
 *     {@link AppendMark}
 */
record StreamNote(List<Emptied> emptied, String memory) {
    /** The member of the metadata that holds the note. */
    static final String MEMBER = "headwater";

    static final StreamNote NONE = new StreamNote(List.of(), "");

    /** Of a stream that is emptied more often the oldest lives are forgotten. */
    static final int MAX_EMPTIED = 1000;

    private static final Pattern TEXT = Pattern.compile(
            "\\{\"emptied\":\\[(?<emptied>(?:\\[[0-9]{1,19},[0-9]{1,19}\\],?)*+)\\],\"recent\":\"(?<memory>[A-Za-z0-9@,*_-]*)\"\\}");
    private static final Pattern EMPTIED = Pattern.compile("\\[([0-9]+),([0-9]+)\\]");

    StreamNote {
        emptied = List.copyOf(emptied);
    }

    /**
     * The end of a life of a stream.
     *
     * @param version the version of the stream
     * @param position the position of its last event
     */
    record Emptied(long version, Position position) {}

    /** This note after the stream was emptied. */
    StreamNote emptiedAt(Emptied life, String remembered) {
        List<Emptied> all = new ArrayList<>(emptied);
        if (all.isEmpty() || all.get(all.size() - 1).version() != life.version()) {
            all.add(life);
        }
        return new StreamNote(all.subList(Math.max(0, all.size() - MAX_EMPTIED), all.size()), remembered);
    }

    /** This note with another memory. */
    StreamNote remembering(String remembered) {
        return new StreamNote(emptied, remembered);
    }

    /** The text of the member's value. */
    String json() {
        String lives = emptied.stream()
                .map(life -> "[" + life.version() + "," + Positions.number(life.position()) + "]")
                .collect(Collectors.joining(","));
        return "{\"emptied\":[" + lives + "],\"recent\":\"" + memory + "\"}";
    }

    /** The note of this text; none if this class did not write it. The server may have formatted it anew. */
    static StreamNote parse(String json) {
        Matcher matcher = TEXT.matcher(json.replaceAll("\\s", ""));
        if (!matcher.matches()) {
            return NONE;
        }
        try {
            return new StreamNote(lives(matcher.group("emptied")), matcher.group("memory"));
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    private static List<Emptied> lives(String text) {
        return EMPTIED.matcher(text)
                .results()
                .map(life -> new Emptied(Long.parseLong(life.group(1)), Positions.of(Long.parseLong(life.group(2)))))
                .toList();
    }
}
