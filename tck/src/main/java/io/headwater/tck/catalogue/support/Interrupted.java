package io.headwater.tck.catalogue.support;

import io.headwater.OperationInterrupted;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleBroken;
import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.Threads;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A thread that makes one call again and again, and is interrupted in one of them. */
public final class Interrupted {
    private static final int LATEST_NANOS = 2_000_000;

    private final String what;
    private final Runnable call;
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean sent;

    private Interrupted(String what, Runnable call) {
        this.what = what;
        this.call = call;
    }

    /** Fails unless the call returns, or throws {@link OperationInterrupted}, and leaves the flag as it is. */
    public static void again(RuleContext rule, String what, Runnable call) throws Exception {
        Interrupted interrupted = new Interrupted(what, call);
        FutureTask<Optional<RuleBroken>> calls = new FutureTask<>(interrupted::complaint);
        Thread caller = Threads.likeCurrent("headwater-tck-caller", calls);
        caller.start();
        rule.eventually(what + " is called", () -> interrupted.begun.get() > 1 || calls.isDone());
        LockSupport.parkNanos(rule.random().nextInt(LATEST_NANOS));
        caller.interrupt();
        interrupted.sent = true;
        rule.eventually("the interrupted " + what + " ends", calls::isDone);
        calls.get().ifPresent(complaint -> {
            throw complaint;
        });
    }

    private Optional<RuleBroken> complaint() {
        try {
            callUntilInterrupted();
            return Optional.empty();
        } catch (RuleBroken complaint) {
            return Optional.of(complaint);
        }
    }

    private void callUntilInterrupted() {
        while (true) {
            boolean interruptedBefore = sent;
            begun.incrementAndGet();
            try {
                call.run();
            } catch (OperationInterrupted expected) {
                Expect.that(Thread.currentThread().isInterrupted(), "the flag was cleared by " + what);
                return;
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            Expect.that(!interruptedBefore, "the flag was cleared by " + what + ", which returned");
        }
    }
}
