package io.headwater.dynamodb.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Carries calls out, with the latency and the faults that they meet. */
final class Dispatcher {
    private final Operations operations;
    private final Faults faults;
    private final Supplier<Latency> latency;
    private final ScheduledExecutorService later;
    private final AtomicReference<Usage> usage = new AtomicReference<>(Usage.NONE);
    private final List<CompletableFuture<Void>> late = new CopyOnWriteArrayList<>();

    Dispatcher(Operations operations, Faults faults, Supplier<Latency> latency, ScheduledExecutorService later) {
        this.operations = operations;
        this.faults = faults;
        this.latency = latency;
        this.later = later;
    }

    Usage usage() {
        return usage.get();
    }

    /** Returns when what is late has been carried out. */
    void awaitLate() {
        late.forEach(CompletableFuture::join);
    }

    /** Returns null if there is to be no reply. */
    Map<String, Object> dispatch(Call call) {
        call.meets(faults.draw(call));
        if (call.meets(Fault.LOST_REQUEST)) {
            return null;
        }
        if (call.meets(Fault.LATE)) {
            carryOutLater(call);
            return null;
        }
        if (call.meets(Fault.TWICE)) {
            carryOutLater(new Call(call.operation(), call.accessKey(), call.request()));
        }
        if (call.meets(Fault.SLOW)) {
            Latency.await(faults.delay());
        }
        Duration half = latency.get().of(call).dividedBy(2);
        Latency.await(half);
        Map<String, Object> response = carryOut(call);
        Latency.await(half);
        return call.meets(Fault.LOST_REPLY) ? null : response;
    }

    private Map<String, Object> carryOut(Call call) {
        try {
            Refusals.before(call, faults);
            Map<String, Object> response = operations.run(call);
            Refusals.after(call);
            return response;
        } finally {
            usage.updateAndGet(before -> before.plus(call));
        }
    }

    private void carryOutLater(Call call) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        late.add(done);
        Runnable task = () -> {
            try {
                carryOut(call);
            } catch (ServiceException e) {
                // There is no client any more to be told.
            } finally {
                late.remove(done);
                done.complete(null);
            }
        };
        later.schedule(task, faults.delay().toNanos(), TimeUnit.NANOSECONDS);
    }
}
