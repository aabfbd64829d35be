package io.headwater.esdb.server;

import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends the answers of one batch call in the order in which they are given. As the real server has it, the call ends with the first
 * answer that follows the client's end of it; where everything is answered by then, it never ends.
 */
final class BatchAnswers {
    private final Outbox<BatchAppendResp> outbox;
    private final Executor order;
    private final AtomicLong pending = new AtomicLong();
    private boolean closing;
    private boolean ended;

    BatchAnswers(Outbox<BatchAppendResp> outbox, Executor threads) {
        this.outbox = outbox;
        order = new InOrder(threads);
    }

    void published() {
        pending.incrementAndGet();
    }

    void closing() {
        order.execute(() -> closing = true);
    }

    void send(BatchAppendResp answer) {
        order.execute(() -> sendNow(answer));
    }

    private void sendNow(BatchAppendResp answer) {
        if (ended) {
            return;
        }
        try {
            outbox.send(answer);
            if (pending.decrementAndGet() >= 0 && closing) {
                ended = true;
                outbox.complete();
            }
        } catch (Outbox.Cancelled e) {
            ended = true;
        } catch (InterruptedException e) {
            ended = true;
            Thread.currentThread().interrupt();
        }
    }

    void fail(StatusRuntimeException refusal) {
        order.execute(() -> failNow(refusal));
    }

    private void failNow(StatusRuntimeException refusal) {
        ended = true;
        outbox.fail(refusal);
    }
}
