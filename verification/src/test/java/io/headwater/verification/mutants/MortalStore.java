package io.headwater.verification.mutants;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcomeUnknown;
import io.headwater.AppendRequest;
import io.headwater.EventStore;
import io.headwater.EventStoreException;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.memory.ForwardingBackend;
import io.headwater.spi.Backend;
import io.headwater.spi.HeldAppends;
import io.headwater.tck.rule.StoreProcess;
import java.util.function.UnaryOperator;

/**
 * A mutant's other process, in this one. When it is killed, the mutant reaches the sound storage no more, wherever it is in
 * what it does.
 */
final class MortalStore implements StoreProcess {
    private final EventStore store;
    private volatile boolean killed;

    MortalStore(Mutant mutant, Backend sound) {
        store = mutant.over(new Storage(sound), UnaryOperator.identity());
    }

    /** The storage as the other process has it. */
    final class Storage extends ForwardingBackend {
        private Storage(Backend sound) {
            super(sound);
        }

        @Override
        public AppendOutcome append(AppendRequest request) {
            if (killed) {
                throw new StoreUnavailable("the process was killed", null);
            }
            return sound.append(request);
        }
    }

    @Override
    public AppendOutcome tryAppend(AppendRequest request) {
        try {
            AppendOutcome outcome = store.tryAppend(request);
            if (!killed) {
                return outcome;
            }
        } catch (EventStoreException e) {
            if (!killed) {
                throw e;
            }
        }
        throw new AppendOutcomeUnknown("the process was killed", null);
    }

    @Override
    public void hold(AppendRequest request) {
        store.facet(HeldAppends.class).orElseThrow().hold(request);
    }

    @Override
    public long version(StreamId stream) {
        return store.version(stream);
    }

    @Override
    public EventStore store() {
        return store;
    }

    @Override
    public void kill() {
        killed = true;
        store.close();
    }

    @Override
    public boolean isAlive() {
        return !killed;
    }

    @Override
    public void close() {
        store.close();
    }
}
