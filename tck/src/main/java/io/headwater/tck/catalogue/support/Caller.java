package io.headwater.tck.catalogue.support;

import io.headwater.tck.rule.RuleContext;
import io.headwater.tck.rule.Threads;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A call on a thread of its own, which is expected to wait for what the rule does next. */
public final class Caller<T> {
    private final RuleContext rule;
    private final FutureTask<T> call;
    private final Thread thread;

    public Caller(RuleContext rule, Callable<T> work) {
        this.rule = rule;
        this.call = new FutureTask<>(work);
        this.thread = Threads.likeCurrent("headwater-tck-caller", call);
        thread.start();
    }

    /** Returns when the call waits, or has returned without waiting. */
    public void waits() {
        rule.eventually("the call waits or returns", () -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING, TERMINATED -> true;
            case RUNNABLE -> isInNativeCall();
            case NEW, BLOCKED -> false;
        });
    }

    /** A thread that waits for the network counts as running. */
    private boolean isInNativeCall() {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].isNativeMethod();
    }

    /** Waits for the call, and returns what it returned. */
    public T returns(String what) throws Exception {
        rule.eventually(what + " returns", call::isDone);
        return call.get();
    }
}
