package io.headwater.benchmarks.peers;

import io.headwater.benchmarks.Appender;
import io.headwater.benchmarks.PeerStore;
import io.headwater.benchmarks.Tally;
import io.headwater.benchmarks.peers.PekkoAccount.Append;
import io.headwater.benchmarks.peers.PekkoSerializer.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.jdbc.query.javadsl.JdbcReadJournal;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.Sequence;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.stream.javadsl.Source;

/** Appends by asking persistent actors, and reads by the queries of the journal. */
record PekkoStore(ActorSystem<Void> system, Set<String> tags) implements PeerStore {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public Appender writer(int stream) {
        ActorRef<Append> account =
                system.systemActorOf(new PekkoAccount(id(stream), tags), "account-" + stream, Props.empty());
        return events -> {
            List<Fact> facts = events.stream()
                    .map(event -> new Fact(event.id(), event.type(), event.data(), event.encodedMetadata()))
                    .toList();
            AskPattern.<Append, Done>ask(account, replyTo -> new Append(facts, replyTo), PATIENCE, system.scheduler())
                    .toCompletableFuture()
                    .join();
        };
    }

    private static PersistenceId id(int stream) {
        return PersistenceId.of("account", "" + stream);
    }

    @Override
    public Tally stream(int stream) {
        return tally(journal().currentEventsByPersistenceId(id(stream).id(), 0, Long.MAX_VALUE));
    }

    @Override
    public Tally log() {
        return tally(journal().currentEventsByTag(Pekko.TAG, Offset.noOffset()));
    }

    private JdbcReadJournal journal() {
        return PersistenceQuery.get(system).getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
    }

    private Tally tally(Source<EventEnvelope, NotUsed> events) {
        Tally.Counter counter = new Tally.Counter();
        events.runForeach(event -> count(counter, event), system)
                .toCompletableFuture()
                .join();
        return counter.tally();
    }

    private static void count(Tally.Counter counter, EventEnvelope event) {
        Fact fact = (Fact) event.event();
        counter.add(event.sequenceNr(), ((Sequence) event.offset()).value(), fact.data().length);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
