package io.headwater.cli;

import io.headwater.EventStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A subcommand that opens a store, prints, and closes the store. */
abstract class StoreCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final StoreOptions options = new StoreOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    StoreCommand(Shell shell) {
        this.shell = shell;
    }

    /** Runs the command; the store and the output are closed afterwards. */
    abstract ExitCode run(EventStore store, Output out) throws IOException;

    /** Opens the store. Only commands that may create a store override it. */
    EventStore open(StoreOptions wanted) {
        return writes() ? wanted.openExisting(shell) : wanted.openToRead(shell);
    }

    /** Whether the command changes the store; all others need no right to write. */
    boolean writes() {
        return false;
    }

    /** Refuses arguments that would fail later, before the store is opened. */
    void check() throws IOException {}

    @Override
    public final Integer call() throws IOException {
        UsageProblem.refuseOptionsBefore(Arguments.given(spec));
        check();
        if (writes()) {
            options.refuseReadOnly(shell);
        }
        try (EventStore store = open(options);
                Output out = new Output(shell, common.json())) {
            return run(store, out).number();
        }
    }

    final Shell shell() {
        return shell;
    }

    /** The store's URL without secrets. */
    final String url() {
        return options.config(shell.environment()).toString();
    }
}
