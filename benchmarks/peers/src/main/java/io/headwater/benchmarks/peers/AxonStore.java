package io.headwater.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.headwater.benchmarks.Appender;
import io.headwater.benchmarks.PeerStore;
import io.headwater.benchmarks.SampleEvent;
import io.headwater.benchmarks.Tally;
import io.headwater.benchmarks.peers.AxonSerializer.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** Appends as Axon's repository does, by publishing, and reads as its repository and its event processors do. */
record AxonStore(HikariDataSource pool, EventStorageEngine engine, EmbeddedEventStore store, Executor unit)
        implements PeerStore {

    @Override
    public Appender writer(int stream) {
        return new Writer(this, id(stream));
    }

    private static String id(int stream) {
        return "account-" + stream;
    }

    private static final class Writer implements Appender {
        private final AxonStore axon;
        private final String stream;
        private long sequenceNumber;

        Writer(AxonStore axon, String stream) {
            this.axon = axon;
            this.stream = stream;
        }

        @Override
        public void append(List<SampleEvent> events) {
            List<DomainEventMessage<?>> messages = new ArrayList<>(events.size());
            for (SampleEvent event : events) {
                messages.add(new GenericDomainEventMessage<>(
                        "Account",
                        stream,
                        sequenceNumber++,
                        new Fact(event.type(), event.data()),
                        event.metadata(),
                        event.id().toString(),
                        Instant.now()));
            }
            axon.unit.execute(() -> axon.store.publish(messages));
        }
    }

    @Override
    public Tally stream(int stream) {
        Tally.Counter counter = new Tally.Counter();
        store.readEvents(id(stream), 0).forEachRemaining(event -> count(counter, event, 0));
        return counter.tally();
    }

    /** The events that the store passes to a processor that is behind, without waiting at the end for more. */
    @Override
    public Tally log() {
        Tally.Counter counter = new Tally.Counter();
        try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents((TrackingToken) null, false)) {
            events.forEach(event -> count(counter, (DomainEventMessage<?>) event, position(event.trackingToken())));
        }
        return counter.tally();
    }

    private static long position(TrackingToken token) {
        return ((GapAwareTrackingToken) token).getIndex();
    }

    private static void count(Tally.Counter counter, DomainEventMessage<?> event, long position) {
        Fact fact = (Fact) event.getPayload();
        counter.add(event.getSequenceNumber() + 1, position, fact.data().length);
    }

    @Override
    public void close() {
        store.shutDown();
        pool.close();
    }
}
