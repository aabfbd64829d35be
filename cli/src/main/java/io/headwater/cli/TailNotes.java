package io.headwater.cli;

import io.headwater.Position;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;
import java.util.concurrent.CompletableFuture;

/** Reports on standard error what a subscription does. Called by one thread at a time. */
final class TailNotes implements SubscriptionListener {
    private final Shell shell;
    private final String title;
    private final boolean exitWhenLive;
    private final CompletableFuture<Void> caughtUp;
    private boolean standby;
    private boolean retrying;
    private boolean live;

    /**
     * Creates notes on the subscription of this title. Completes the future when the subscription has caught up, if
     * that ends the run.
     */
    TailNotes(Shell shell, String title, boolean exitWhenLive, CompletableFuture<Void> caughtUp) {
        this.shell = shell;
        this.title = title;
        this.exitWhenLive = exitWhenLive;
        this.caughtUp = caughtUp;
    }

    @Override
    public void stateChanged(SubscriptionState from, SubscriptionState to) {
        switch (to) {
            case STANDBY -> standBy();
            case RETRYING -> retry();
            case CATCHING_UP, LIVE -> run(to == SubscriptionState.LIVE);
            default -> {}
        }
    }

    private void standBy() {
        if (!standby) {
            shell.note(title + " is run by another process ('headwater subscriptions' shows which one):"
                    + " standing by until that process ends");
        }
        standby = true;
        live = false;
    }

    private void retry() {
        if (!retrying) {
            shell.note("the store cannot be reached: retrying until Ctrl-C");
        }
        retrying = true;
    }

    private void run(boolean liveNow) {
        if (retrying) {
            shell.note("the store can be reached again");
        }
        if (standby) {
            shell.note(title + " is run by this process now");
        }
        if (liveNow && !live && !exitWhenLive) {
            shell.note("live: new events follow as they are appended");
        }
        retrying = false;
        standby = false;
        live |= liveNow;
    }

    @Override
    public void caughtUp(Position position) {
        if (exitWhenLive) {
            caughtUp.complete(null);
        }
    }
}
