package io.headwater.esdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The members of a JSON object, which can be read and replaced one by one. All other bytes stay as they are. As the
 * server does, it accepts text behind the object, and the last of several members with one name counts. Immutable.
 */
final class JsonMembers {
    /** Each character stands for a byte, so that no byte changes, whatever the encoding of the text is. */
    private final String text;

    private final List<Member> members;
    private final int end;

    /**
     * @param end where the object is closed
     */
    private JsonMembers(String text, List<Member> members, int end) {
        this.text = text;
        this.members = List.copyOf(members);
        this.end = end;
    }

    /** A member, with the places where its value begins and ends. */
    record Member(String name, int from, int to) {}

    /** An object without members. */
    static JsonMembers none() {
        return new JsonMembers("{}", List.of(), 1);
    }

    /** The members of this text; empty if it is no JSON object. */
    static Optional<JsonMembers> read(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        return JsonScanner.members(text).map(found -> new JsonMembers(text, found.members(), found.end()));
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    List<String> names() {
        return members.stream().map(Member::name).toList();
    }

    /** The text of the value of a member; empty if there is none. */
    Optional<String> get(String name) {
        return last(name)
                .map(member -> text.substring(member.from(), member.to()))
                .map(value -> new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private Optional<Member> last(String name) {
        return members.stream().filter(member -> member.name().equals(name)).reduce((before, after) -> after);
    }

    /**
     * These members with one replaced, or added at the end.
     *
     * @param name without characters that JSON escapes
     * @param value the text of a JSON value
     */
    JsonMembers with(String name, String value) {
        String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return last(name)
                .map(member -> edited(member.from(), member.to(), bytes))
                .orElseGet(() -> edited(end, end, (isEmpty() ? "" : ",") + "\"" + name + "\":" + bytes));
    }

    private JsonMembers edited(int from, int to, String replacement) {
        String edited = text.substring(0, from) + replacement + text.substring(to);
        return read(edited.getBytes(StandardCharsets.ISO_8859_1)).orElseThrow();
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
