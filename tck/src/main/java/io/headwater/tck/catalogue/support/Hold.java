package io.headwater.tck.catalogue.support;

import io.headwater.tck.rule.RuleContext;
import java.util.concurrent.CountDownLatch;

/** Where a handler waits until the rule lets it go on, at the latest when the rule is over. */
public final class Hold implements AutoCloseable {
    private final RuleContext rule;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    public Hold(RuleContext rule) {
        this.rule = rule;
    }

    /** For the handler. */
    public void stop() throws InterruptedException {
        reached.countDown();
        released.await();
    }

    /** Waits until a handler has come here. */
    public void isReached() {
        rule.eventually("the handler is called", () -> reached.getCount() == 0);
    }

    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
    }
}
