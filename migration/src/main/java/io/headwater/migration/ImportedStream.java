package io.headwater.migration;

import io.headwater.ExpectedVersion;
import io.headwater.RecordedEvent;
import java.util.UUID;

/** What an import knows of a stream: how far it is, and what the events say that are there already. */
final class ImportedStream {

    /** What a line is to its stream. */
    enum Presence {
        ABSENT,
        /** The store held this event before. */
        STORED,
        /** This run had it before. */
        REPEATED,
        /** There is an event with this id, and it says something else. */
        DIFFERENT
    }

    private static final int CONTENT = 0;
    /** The time, and flags in the bits that it leaves free. */
    private static final int TIME = 1;

    private static final long STATES_TIME = 1;
    private static final long OF_THIS_RUN = 2;
    private static final long FLAGS = STATES_TIME | OF_THIS_RUN;

    private final IdTable known = new IdTable(2);
    private long version;

    ImportedStream(long version) {
        this.version = version;
    }

    void found(RecordedEvent event) {
        know(event.id(), Fingerprint.of(event), 0);
    }

    private void know(UUID id, Fingerprint says, long flags) {
        long stated = says.statesTime() ? STATES_TIME : 0;
        known.add(id, says.content(), says.time() | stated | flags);
    }

    Presence of(EventLine line) {
        UUID id = line.event().id();
        if (!known.contains(id)) {
            return Presence.ABSENT;
        }
        long time = known.value(id, TIME);
        Fingerprint stored = new Fingerprint(known.value(id, CONTENT), time & ~FLAGS, (time & STATES_TIME) != 0);
        if (!Fingerprint.of(line.event()).matches(stored)) {
            return Presence.DIFFERENT;
        }
        return (time & OF_THIS_RUN) != 0 ? Presence.REPEATED : Presence.STORED;
    }

    ExpectedVersion expected() {
        return ExpectedVersion.exactly(version);
    }

    long version() {
        return version;
    }

    /** Goes on as if the line were stored. An id that was made of the line cannot come again in this run. */
    void advance(EventLine line) {
        version++;
        if (!line.idDerived()) {
            know(line.event().id(), Fingerprint.of(line.event()), OF_THIS_RUN);
        }
    }

    int ids() {
        return known.size();
    }
}
