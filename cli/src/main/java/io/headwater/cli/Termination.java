package io.headwater.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Handles Ctrl-C and SIGTERM for a command that has to finish something before it ends. Other commands end at once. The
 * process ends with the code of the signal, unless the command failed meanwhile.
 */
final class Termination {
    /** Shorter than the usual time between SIGTERM and SIGKILL. */
    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final Consumer<Thread> hooks;
    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CompletableFuture<Integer> over = new CompletableFuture<>();

    /** Runs its threads when the process is told to end. */
    Termination(Consumer<Thread> hooks) {
        this.hooks = hooks;
    }

    /**
     * Completes when the process is told to end. The process then waits for the command, so only a command that reacts
     * should call it.
     */
    CompletionStage<Void> requested() {
        hooks.accept(new Thread(this::end, "termination"));
        return requested;
    }

    private void end() {
        requested.complete(null);
        try {
            int code = over.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (code != ExitCode.OK.number()) {
                Runtime.getRuntime().halt(code);
            }
        } catch (InterruptedException | TimeoutException e) {
            Runtime.getRuntime().halt(ExitCode.UNAVAILABLE.number());
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails here", e);
        }
    }

    /** The command has finished, with this exit code. */
    void over(int exitCode) {
        over.complete(exitCode);
    }
}
