package io.headwater.esdb;

import io.headwater.EventData;
import io.headwater.StreamWrite;
import io.headwater.spi.support.AppendDecision;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** The events of an append, and the marks that they are stored with. */
record NewEvents(StreamWrite write) {

    List<UUID> ids() {
        return write.events().stream().map(EventData::id).toList();
    }

    int count() {
        return write.events().size();
    }

    boolean isExact() {
        return AppendDecision.isExact(write.expected());
    }

    /**
     * Returns the records to write after a version.
     *
     * @param tail what is at the end of the stream
     * @param ring what the stream remembers; needed unless the expectation is exact
     */
    NewRecords after(long version, StreamTail tail, RecentRing ring) {
        return records(version, memory(version, tail, ring));
    }

    /** Returns records with these ids at this version, to ask whether they are stored there. */
    NewRecords question(long version) {
        return records(version, "");
    }

    private String memory(long version, StreamTail tail, RecentRing ring) {
        if (!isExact()) {
            return ring.with(ids().get(0), version, count()).text();
        }
        String memory = tail.memory();
        boolean held = tail.last().isPresent()
                && !memory.isEmpty()
                && RecentRing.elsewhere(memory).isEmpty();
        return held ? RecentRing.at(tail.last().orElseThrow().place()) : memory;
    }

    private NewRecords records(long version, String memory) {
        int count = count();
        List<ProposedMessage> records = IntStream.range(0, count)
                .mapToObj(place -> record(place, new AppendMark(place + 1, count, place == count - 1 ? memory : "")))
                .toList();
        return new NewRecords(write.stream().value(), version - 1, records);
    }

    private ProposedMessage record(int place, AppendMark mark) {
        EventData event = write.events().get(place);
        return EventMessage.proposed(event, new EventMetadata(event.metadata(), mark, Optional.empty()));
    }
}
