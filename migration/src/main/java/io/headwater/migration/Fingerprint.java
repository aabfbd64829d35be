package io.headwater.migration;

import io.headwater.EventData;
import io.headwater.Metadata;
import io.headwater.RecordedEvent;
import io.headwater.migration.store.Sha256;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an event says, beside its id, as two hashes: enough to tell whether two events say the same, in little memory.
 *
 * <p>The time at which the event happened is apart from the rest, because an export writes the time of recording for an event
 * that states none. The line that comes back then states a time, and is still the same event.
 *
 * @param content the type, the data, and the metadata without the time
 * @param time the stated time, or else the time of recording, or 0 without either; its two lowest bits are always 0
 * @param statesTime whether the time is stated
 */
record Fingerprint(long content, long time, boolean statesTime) {
    /** The metadata entry that states when an event happened. */
    private static final String OCCURRED_AT = "occurredAt";

    private static final String RAW = "raw";
    private static final long FREE_BITS = 0b11;

    /** Of an event that is to be stored. */
    static Fingerprint of(EventData event) {
        return stated(event).orElseGet(() -> new Fingerprint(content(event), 0, false));
    }

    /** Of an event that the store holds. */
    static Fingerprint of(RecordedEvent recorded) {
        EventData event = recorded.toEventData();
        return stated(event)
                .orElseGet(() -> new Fingerprint(
                        content(event), hash(recorded.recordedAt().toString()), false));
    }

    private static Optional<Fingerprint> stated(EventData event) {
        return event.metadata().get(OCCURRED_AT).map(time -> new Fingerprint(content(event), hash(time), true));
    }

    /** Whether a line with this fingerprint says what a stored event with the other one does. */
    boolean matches(Fingerprint stored) {
        boolean sameTime = statesTime ? time == stored.time : !stored.statesTime;
        return content == stored.content && sameTime;
    }

    private static long content(EventData event) {
        Sha256 hash = new Sha256()
                .add(event.type())
                .add(event.data().contentType().name())
                .add(event.data().buffer());
        Metadata metadata = event.metadata();
        metadata.raw().ifPresent(bytes -> hash.add(RAW).add(bytes));
        new TreeMap<>(metadata.entries()).forEach((key, value) -> {
            if (!key.equals(OCCURRED_AT)) {
                hash.add(key).add(value);
            }
        });
        return hash.start();
    }

    private static long hash(String time) {
        return new Sha256().add(time).start() & ~FREE_BITS;
    }
}
