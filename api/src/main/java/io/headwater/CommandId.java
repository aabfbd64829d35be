package io.headwater;

import java.util.UUID;

/**
 * The id of a command, by which it is recognised when it is delivered again (I6). Its sender gives it, such as the key of a
 * request, the id of a message, or the id of the event that a process manager reacts to. Another command to the same stream
 * MUST have another id.
 *
 * @param value 1 to 255 characters without control characters
 */
public record CommandId(String value) {
    private static final int LONGEST = 255;

    public CommandId {
        ArgumentChecks.partOfName(value, "command id");
        int length = value.codePointCount(0, value.length());
        ArgumentChecks.that(length > 0, "command id is empty");
        ArgumentChecks.that(
                length <= LONGEST, () -> "command id has %s characters, %s are allowed".formatted(length, LONGEST));
    }

    /**
     * The command of this id.
     *
     * @throws InvalidRequest if the id is empty, too long, or has control characters
     */
    public static CommandId of(String value) {
        return new CommandId(value);
    }

    /** The command of this id. */
    public static CommandId of(UUID value) {
        return new CommandId(ArgumentChecks.notNull(value, "command id").toString());
    }

    /**
     * The id of an event of this command. It is the same for the same command, stream and index, in every process and in
     * every version of this library. It is a UUID of version 8 (RFC 9562), computed from the SHA-256 digest of stream, line
     * feed and command in UTF-8: the first 64 bits of the digest, of which the version replaces four; the variant and the
     * next 46 bits; and the index, in 16 bits.
     *
     * @param index the index of the event among those of the command, from 0 to 65,535
     */
    public UUID eventId(StreamId stream, int index) {
        return CommandEventIds.of(this, stream).at(index);
    }

    /** Whether an event is one of this command's: whether it has one of its ids. */
    public boolean stored(RecordedEvent event) {
        ArgumentChecks.notNull(event, "event");
        return CommandEventIds.of(this, event.stream()).contains(event.id());
    }

    @Override
    public String toString() {
        return value;
    }
}
