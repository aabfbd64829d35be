package io.headwater.benchmarks.peers;

import io.headwater.benchmarks.peers.PekkoSerializer.Fact;
import java.util.List;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** An actor that owns a stream: it is the only writer, and so knows the version, which is its state. */
final class PekkoAccount extends EventSourcedBehavior<PekkoAccount.Append, Fact, Long> {
    private final Set<String> tags;

    /** Asks to persist events, all or none. */
    record Append(List<Fact> events, ActorRef<Done> replyTo) {}

    PekkoAccount(PersistenceId id, Set<String> tags) {
        super(id);
        this.tags = tags;
    }

    @Override
    public Long emptyState() {
        return 0L;
    }

    @Override
    public CommandHandler<Append, Fact, Long> commandHandler() {
        return (version, append) -> Effect().persist(append.events()).thenReply(append.replyTo(), after -> Done.done());
    }

    @Override
    public EventHandler<Long, Fact> eventHandler() {
        return (version, event) -> version + 1;
    }

    @Override
    public Set<String> tagsFor(Fact event) {
        return tags;
    }
}
