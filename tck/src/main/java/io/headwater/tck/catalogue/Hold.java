package io.headwater.tck.catalogue;

import io.headwater.tck.rule.RuleContext;
import java.util.concurrent.CountDownLatch;

/** Where a handler waits until the rule lets it go on, at the latest when the rule is over. */
final class Hold implements AutoCloseable {
    private final RuleContext rule;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Hold(RuleContext rule) {
        this.rule = rule;
    }

    /** For the handler. */
    void stop() throws InterruptedException {
        reached.countDown();
        released.await();
    }

    /** Waits until a handler has come here. */
    void isReached() {
        rule.eventually("the handler is called", () -> reached.getCount() == 0);
    }

    void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
    }
}
