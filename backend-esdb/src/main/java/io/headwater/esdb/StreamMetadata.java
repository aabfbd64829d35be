package io.headwater.esdb;

import io.headwater.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The metadata of a stream: the settings that hide events of it, and our note. Text that the server does not take as
 * metadata, because it is no object or has a setting of the wrong kind, has no effect there; it reads as no metadata
 * and is replaced by what is written next.
 *
 * @param revision the place of the record in the stream that holds the metadata; -1 if there is none
 */
record StreamMetadata(JsonMembers members, long revision) {
    /** The metadata of a stream that has none. */
    static final StreamMetadata NONE = new StreamMetadata(JsonMembers.none(), NewRecords.NO_STREAM);

    /** The value of the setting by which another tool deletes a stream with the server's own delete. */
    static final long DELETED = Long.MAX_VALUE;

    private static final String TRUNCATE_BEFORE = "$tb";
    private static final String MAX_COUNT = "$maxCount";
    private static final String MAX_AGE = "$maxAge";
    private static final String CACHE = "$cacheControl";
    private static final String TEMPORARY = "$tmp";
    private static final String ACL = "$acl";
    private static final Set<String> RIGHTS = Set.of("$r", "$w", "$d", "$mr", "$mw");

    /** The most seconds that the server can keep as a time. */
    private static final long MAX_SECONDS = 922_337_203_685L;

    /** The metadata that a record of a metadata stream holds. */
    static StreamMetadata read(EventMessage record) {
        Optional<JsonMembers> members = record.data().contentType() == ContentType.JSON
                ? JsonMembers.read(record.data().bytes()).filter(StreamMetadata::isTaken)
                : Optional.empty();
        return new StreamMetadata(members.orElseGet(JsonMembers::none), record.revision());
    }

    private static boolean isTaken(JsonMembers members) {
        return isNumber(members, TRUNCATE_BEFORE, Long.MAX_VALUE)
                && isNumber(members, MAX_COUNT, Long.MAX_VALUE)
                && isNumber(members, MAX_AGE, MAX_SECONDS)
                && isNumber(members, CACHE, MAX_SECONDS)
                && members.get(TEMPORARY)
                        .map(value -> value.equals("true") || value.equals("false"))
                        .orElse(true)
                && members.get(ACL).map(StreamMetadata::isAcl).orElse(true);
    }

    private static boolean isNumber(JsonMembers members, String name, long most) {
        Optional<String> value = members.get(name);
        return value.isEmpty()
                || value.flatMap(StreamMetadata::number)
                        .filter(number -> number <= most)
                        .isPresent();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isAcl(String value) {
        Optional<JsonMembers> acl = JsonMembers.read(value.getBytes(StandardCharsets.UTF_8));
        return acl.isPresent()
                && acl.get().names().stream().allMatch(RIGHTS::contains)
                && acl.get().names().stream()
                        .allMatch(right -> acl.get()
                                .get(right)
                                .filter(StreamMetadata::isRoles)
                                .isPresent());
    }

    /** A name, or an array of names: an array of anything else has other characters outside of texts. */
    private static boolean isRoles(String value) {
        if (value.startsWith("\"")) {
            return true;
        }
        String rest = value.replaceAll("\"(?:[^\"\\\\]|\\\\.)*+\"", "").replaceAll("[,\\s]", "");
        return rest.equals("[]");
    }

    /** The revision of the first event that is not hidden; empty if the setting hides nothing. */
    OptionalLong truncateBefore() {
        return positive(TRUNCATE_BEFORE);
    }

    /** The number of events that are not hidden at most; empty if the setting hides nothing. */
    OptionalLong maxCount() {
        return positive(MAX_COUNT);
    }

    /** The age in seconds from which events are hidden; empty if the setting hides nothing. */
    OptionalLong maxAge() {
        return positive(MAX_AGE);
    }

    private OptionalLong positive(String name) {
        return members.get(name).flatMap(StreamMetadata::number).stream()
                .mapToLong(Long::longValue)
                .filter(number -> number > 0)
                .findFirst();
    }

    /** Whether another tool deleted the stream with the server's own delete. */
    boolean isDeleted() {
        return truncateBefore().orElse(0) == DELETED;
    }

    StreamNote note() {
        return members.get(StreamNote.MEMBER).map(StreamNote::parse).orElse(StreamNote.NONE);
    }

    /** This metadata with another first readable revision; all else stays as it is. */
    StreamMetadata withTruncateBefore(long revision) {
        return changed(members.with(TRUNCATE_BEFORE, Long.toString(revision)));
    }

    /** This metadata with another greatest number of readable events; all else stays as it is. */
    StreamMetadata withMaxCount(long count) {
        return changed(members.with(MAX_COUNT, Long.toString(count)));
    }

    /** This metadata with another note; all else stays as it is. */
    StreamMetadata with(StreamNote note) {
        return changed(members.with(StreamNote.MEMBER, note.json()));
    }

    private StreamMetadata changed(JsonMembers changed) {
        return new StreamMetadata(changed, revision);
    }

    byte[] bytes() {
        return members.bytes();
    }
}
