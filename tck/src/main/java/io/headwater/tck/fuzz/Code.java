package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.ContentType;
import io.headwater.EventData;
import io.headwater.ExpectedVersion;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values as they would stand in a program, short and on one line, for scripts and answers. */
final class Code {
    private static final int LONGEST = 40;
    private static final long ID_LOW = 0x8000_0000_0000_0000L;

    private Code() {}

    /** The id of an event of a script, which has few, so that ids meet again; each run has its own high half. */
    static UUID id(int number) {
        return new UUID(0x4000L, ID_LOW | number);
    }

    static String id(UUID id) {
        long number = id.getLeastSignificantBits() & ~ID_LOW;
        return number <= Integer.MAX_VALUE ? "e" + number : id.toString();
    }

    /** An event that has nothing remarkable but its id. */
    static EventData plain(UUID id) {
        return new EventData(id, "T", Payload.json("{}"), Metadata.none());
    }

    static String quoted(String text) {
        String shown = text.codePoints()
                .limit(LONGEST)
                .mapToObj(c ->
                        c >= ' ' && c < 0x7f && c != '"' && c != '\\' ? Character.toString(c) : "\\u{%x}".formatted(c))
                .collect(Collectors.joining());
        return text.codePointCount(0, text.length()) <= LONGEST
                ? '"' + shown + '"'
                : '"' + shown + "…\"#%08x".formatted(text.hashCode());
    }

    static String stream(StreamId stream) {
        return quoted(stream.value());
    }

    static String expected(ExpectedVersion expected) {
        if (expected instanceof ExpectedVersion.Exactly exactly) {
            return "exactly(" + exactly.version() + ")";
        }
        if (expected instanceof ExpectedVersion.Any) {
            return "any()";
        }
        return expected instanceof ExpectedVersion.NoStream ? "noStream()" : "streamExists()";
    }

    /** The id, and what else there is to say. */
    static String event(EventData event) {
        return event.equals(plain(event.id())) ? id(event.id()) : id(event.id()) + contents(event);
    }

    static String event(RecordedEvent event) {
        return "%s@%s %s".formatted(stream(event.stream()), event.version(), event(event.toEventData()));
    }

    private static String contents(EventData event) {
        byte[] metadata = event.metadata().encoded();
        return "(%s, %s%s)"
                .formatted(
                        quoted(event.type()),
                        payload(event.data()),
                        metadata.length == 0 ? "" : ", " + quoted(new String(metadata, StandardCharsets.UTF_8)));
    }

    /** The bytes, or how many and a hash of them. */
    static String payload(Payload payload) {
        byte[] bytes = payload.bytes();
        String hex = bytes.length <= LONGEST / 2
                ? HexFormat.of().formatHex(bytes)
                : bytes.length + " bytes#%08x".formatted(Arrays.hashCode(bytes));
        return payload.contentType() == ContentType.JSON ? "json:" + hex : "binary:" + hex;
    }

    static String events(List<EventData> events) {
        return events.stream().map(Code::event).collect(Collectors.joining(", "));
    }

    static String request(AppendRequest request) {
        if (!request.isMultiStream()) {
            return "append(" + write(request.writes().get(0)) + ")";
        }
        Stream<String> writes = request.writes().stream().map(write -> "write(" + write(write) + ")");
        Stream<String> checks = request.checks().stream().map(Code::check);
        return Stream.concat(writes, checks).collect(Collectors.joining(", ", "append(", ")"));
    }

    private static String write(StreamWrite write) {
        return "%s, %s, %s".formatted(stream(write.stream()), expected(write.expected()), events(write.events()));
    }

    private static String check(StreamCheck check) {
        return "check(%s, %s)".formatted(stream(check.stream()), expected(check.expected()));
    }
}
