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

/** Formats values as they would be written in a program, short and on one line, for scripts and answers. */
final class Code {
    private static final int LONGEST = 40;
    private static final long ID_LOW = 0x8000_0000_0000_0000L;

    private Code() {}

    /**
     * Formats the id of an event. Scripts use few ids, so that ids are used again; the high half of an id belongs to
     * the run.
     */
    static UUID id(int number) {
        return new UUID(0x4000L, ID_LOW | number);
    }

    static String id(UUID id) {
        long number = id.getLeastSignificantBits() & ~ID_LOW;
        return number <= Integer.MAX_VALUE ? "e" + number : id.toString();
    }

    /** Returns a plain event with this id. */
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

    /** Formats an event: its id, and all values that are not those of a plain event. */
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

    /** Formats bytes, or their number and a hash if there are many. */
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
