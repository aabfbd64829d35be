package io.headwater.dynamodb;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import io.headwater.spi.support.OpenHeldAppends;
import java.util.List;

/**
 * Appends that are held between their ticket and their transaction. Readers wait for the ticket, and fill its slot in the end; the
 * append then takes another one when it commits. Other appends of this store to its streams wait.
 */
final class DynamoHeldAppends implements HeldAppends {
    private final Log log;
    private final AppendGroups groups;
    private final Runnable appended;
    private final OpenHeldAppends open = new OpenHeldAppends();

    DynamoHeldAppends(Log log, AppendGroups groups, Runnable appended) {
        this.log = log;
        this.groups = groups;
        this.appended = appended;
    }

    @Override
    public HeldAppend hold(AppendRequest request) {
        return open.hold(() -> {
            PendingAppend append = new PendingAppend(request);
            groups.occupy(append.streams());
            boolean held = false;
            try {
                OpenHeldAppends.Transaction transaction = prepare(append);
                held = true;
                return transaction;
            } finally {
                if (!held) {
                    groups.free(append.streams());
                }
            }
        });
    }

    private Held prepare(PendingAppend append) {
        AppendRun run = new AppendRun(log, List.of(append));
        AppendPlan plan = log.table().calls().write(run::prepareAndDecide);
        if (append.isDecided()) {
            run.giveUpUnused();
        }
        return new Held(append, run, plan);
    }

    @Override
    public boolean holdsUpAppends() {
        return false;
    }

    /** Undoes those that are still open. */
    void close() {
        open.close();
    }

    private final class Held implements OpenHeldAppends.Transaction {
        private final PendingAppend append;
        private final AppendRun run;
        private final AppendPlan plan;

        Held(PendingAppend append, AppendRun run, AppendPlan plan) {
            this.append = append;
            this.run = run;
            this.plan = plan;
        }

        @Override
        public AppendOutcome commit() {
            try {
                if (!append.isDecided()) {
                    log.table().calls().write(this::finish);
                }
            } finally {
                groups.free(append.streams());
            }
            append.tell();
            if (append.isWritten()) {
                appended.run();
            }
            return RequestThreads.await(append.told());
        }

        private boolean finish() {
            run.finish(plan);
            return true;
        }

        @Override
        public void rollback() {
            try {
                run.giveUpUnused();
            } finally {
                groups.free(append.streams());
            }
        }
    }
}
