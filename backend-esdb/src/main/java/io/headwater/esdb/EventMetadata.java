package io.headwater.esdb;

import io.headwater.Metadata;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of an event as the server stores it: the application's, and before it the reserved members {@code
 * $append} and {@code $recordedAt}. An event that has neither is stored as any client of the server would write it.
 *
 * <p>Metadata that is no JSON object, or begins like a reserved member itself, follows behind two lines instead, one
 * for each member.
 *
 * @param recordedAt the time of an event that migration wrote; empty for the time at which the server wrote it
 */
record EventMetadata(Metadata metadata, AppendMark mark, Optional<Instant> recordedAt) {
    private static final String APPEND = "$append";
    private static final String RECORDED_AT = "$recordedAt";
    private static final String APPEND_MEMBER = "\"" + APPEND + "\":\"";
    private static final String RECORDED_AT_MEMBER = "\"" + RECORDED_AT + "\":\"";
    private static final Pattern LINES = Pattern.compile("\\$append:([^\n]*)\n\\$recordedAt:([^\n]*)\n");

    /** Metadata of an event that has no reserved members. */
    static EventMetadata plain(Metadata metadata) {
        return new EventMetadata(metadata, AppendMark.NONE, Optional.empty());
    }

    byte[] stored() {
        byte[] own = CorrelationKeys.stored(metadata);
        if (mark.equals(AppendMark.NONE) && recordedAt.isEmpty() && !beginsReserved(own)) {
            return own;
        }
        return takesMembers(own) ? withMembers(own) : withLines(own);
    }

    private static boolean takesMembers(byte[] own) {
        return own.length == 0
                || (own[0] == '{'
                        && !beginsReserved(own)
                        && JsonMembers.read(own)
                                .filter(members -> !members.isEmpty())
                                .isPresent());
    }

    private byte[] withMembers(byte[] own) {
        StringBuilder text = new StringBuilder("{");
        if (!mark.equals(AppendMark.NONE)) {
            text.append(APPEND_MEMBER).append(mark.text()).append("\",");
        }
        recordedAt.ifPresent(
                time -> text.append(RECORDED_AT_MEMBER).append(time).append("\","));
        if (own.length == 0) {
            text.setCharAt(text.length() - 1, '}');
        } else {
            text.append(text(own), 1, own.length);
        }
        return bytes(text.toString());
    }

    private byte[] withLines(byte[] own) {
        String time = recordedAt.map(Instant::toString).orElse("");
        return bytes(APPEND + ":" + mark.text() + "\n" + RECORDED_AT + ":" + time + "\n" + text(own));
    }

    /** Each character stands for a byte, so that none changes. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean beginsReserved(byte[] bytes) {
        return begins(bytes, 0, APPEND + ":")
                || begins(bytes, 0, "{" + APPEND_MEMBER)
                || begins(bytes, 0, "{" + RECORDED_AT_MEMBER);
    }

    private static boolean begins(byte[] bytes, int from, String ascii) {
        if (bytes.length - from < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What these bytes contain. Bytes that another tool wrote come back as they are. */
    static EventMetadata read(byte[] stored) {
        if (!beginsReserved(stored)) {
            return plain(CorrelationKeys.read(stored));
        }
        String text = text(stored);
        return stored[0] == '{' ? readMembers(text) : readLines(text);
    }

    private static EventMetadata readLines(String text) {
        Matcher lines = LINES.matcher(text);
        if (lines.lookingAt()) {
            Optional<AppendMark> mark = AppendMark.parse(lines.group(1));
            Optional<Instant> time = time(lines.group(2));
            if (mark.isPresent() && (time.isPresent() || lines.group(2).isEmpty())) {
                return new EventMetadata(CorrelationKeys.read(bytes(text.substring(lines.end()))), mark.get(), time);
            }
        }
        return plain(CorrelationKeys.read(bytes(text)));
    }

    private static EventMetadata readMembers(String text) {
        int at = 1;
        Optional<AppendMark> mark = value(text, at, APPEND_MEMBER).flatMap(AppendMark::parse);
        if (mark.isPresent()) {
            at = behind(text, at, APPEND_MEMBER);
        }
        Optional<Instant> time = value(text, at, RECORDED_AT_MEMBER).flatMap(EventMetadata::time);
        if (time.isPresent()) {
            at = behind(text, at, RECORDED_AT_MEMBER);
        }
        String own = at == text.length() ? "" : "{" + text.substring(at);
        return new EventMetadata(CorrelationKeys.read(bytes(own)), mark.orElse(AppendMark.NONE), time);
    }

    /** The value of a member that stands here and is followed by another one, or by the end of the metadata. */
    private static Optional<String> value(String text, int at, String member) {
        int to = text.startsWith(member, at) ? text.indexOf('"', at + member.length()) : -1;
        boolean complete = to > 0
                && (text.startsWith(",", to + 1) || text.substring(to + 1).equals("}"));
        return complete ? Optional.of(text.substring(at + member.length(), to)) : Optional.empty();
    }

    private static int behind(String text, int at, String member) {
        return text.indexOf('"', at + member.length()) + 2;
    }

    private static Optional<Instant> time(String text) {
        Instant time = parsed(text);
        return time != null && time.toString().equals(text) ? Optional.of(time) : Optional.empty();
    }

    private static @Nullable Instant parsed(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
