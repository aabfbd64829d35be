package io.headwater.cli;

import io.headwater.Position;
import io.headwater.SubscriptionListener;
import io.headwater.SubscriptionState;
import java.util.concurrent.CompletableFuture;

/** Says on standard error what a subscription does. Called by one thread at a time. */
final class TailNotes implements SubscriptionListener {
    private final Shell shell;
    private final String title;
    private final boolean exitWhenLive;
    private final CompletableFuture<Void> caughtUp;
    private boolean standby;
    private boolean retrying;
    private boolean live;

    /** Notes on the subscription of this title; completes the future when it has caught up, if that is to end it. */
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
            shell.note(title + " is run elsewhere ('headwater subscriptions' shows where):"
                    + " standing by, to go on when that ends");
        }
        standby = true;
        live = false;
    }

    private void retry() {
        if (!retrying) {
            shell.note("the store cannot be reached: trying again until it can, or Ctrl-C");
        }
        retrying = true;
    }

    private void run(boolean liveNow) {
        if (retrying) {
            shell.note("the store can be reached again");
        }
        if (standby) {
            shell.note(title + " is run here now");
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
