package io.headwater.tck;

import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.spi.Backend;
import io.headwater.tck.rule.Instances;
import io.headwater.tck.rule.StoreProcess;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The open stores of a run: the one under test and the other process, which stay from rule to rule, and those of the rule that runs now. */
final class Stores implements Instances {
    private final StoreControl control;
    private final List<EventStore> others = new ArrayList<>();
    private @Nullable EventStore main;
    private @Nullable StoreProcess process;

    Stores(StoreControl control) {
        this.control = control;
    }

    @Override
    public synchronized EventStore store() {
        if (main == null) {
            main = control.open();
        }
        return main;
    }

    @Override
    public synchronized EventStore another() {
        return kept(control.open());
    }

    @Override
    public synchronized EventStore another(UnaryOperator<Backend> between) {
        return kept(control.open(between));
    }

    @Override
    public synchronized EventStore readOnly() {
        return kept(control.openReadOnly());
    }

    @Override
    public synchronized EventStore another(Clock clock, LongSupplier nanoTime) {
        return kept(control.open(clock, nanoTime));
    }

    @Override
    public synchronized EventStore another(LongSupplier nanoTime) {
        return kept(control.open(nanoTime));
    }

    private EventStore kept(EventStore other) {
        others.add(other);
        return other;
    }

    /** Stays from rule to rule, as starting one takes a second. */
    @Override
    public synchronized StoreProcess process() {
        if (process == null || !process.isAlive()) {
            process = control.openProcess();
        }
        return process;
    }

    @Override
    public EventStore restarted() {
        closeAll();
        control.restart();
        return store();
    }

    @Override
    public Runnable keepState() {
        return control.keepState();
    }

    @Override
    public EventStoreConfig config() {
        return control.config().orElseThrow();
    }

    synchronized void closeOthers() {
        others.forEach(EventStore::close);
        others.clear();
    }

    synchronized void closeAll() {
        closeOthers();
        if (process != null) {
            process.close();
            process = null;
        }
        if (main != null) {
            main.close();
            main = null;
        }
    }
}
