package io.headwater;

import java.util.UUID;

/**
 * What makes a command recognisable when it is delivered again (I6): the id that its sender gave it, such as the key of a
 * request, the id of a message, or the id of the event that a process manager reacts to. It names one command for ever;
 * another command to the same stream needs another id.
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

    /** The command of this id. Throws {@link InvalidRequest} for one that is empty, too long, or has control characters. */
    public static CommandId of(String value) {
        return new CommandId(value);
    }

    /** The command of this id. */
    public static CommandId of(UUID value) {
        return new CommandId(ArgumentChecks.notNull(value, "command id").toString());
    }

    /**
     * The id of an event of this command: always the same for the same command, stream and index, in every process and in every
     * version of this library. It is a UUID of version 8 (RFC 9562), made of the SHA-256 digest of stream, line feed and command
     * in UTF-8: the first 64 bits, four of which the version replaces; the variant and the next 46 bits; and the index, in 16 bits.
     *
     * @param index the event's place among the command's events, from 0 to 65,535
     */
    public UUID eventId(StreamId stream, int index) {
        return CommandEventIds.of(this, stream).at(index);
    }

    /** Whether this command is the one that stored the event: whether the event has one of its ids. */
    public boolean stored(RecordedEvent event) {
        ArgumentChecks.notNull(event, "event");
        return CommandEventIds.of(this, event.stream()).contains(event.id());
    }

    @Override
    public String toString() {
        return value;
    }
}
