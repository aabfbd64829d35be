package io.headwater.internal.subscription.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.EventStoreException;
import io.headwater.InvalidRequest;
import io.headwater.Position;
import io.headwater.StoreUnavailable;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.Save;
import io.headwater.spi.CheckpointStore.SaveResult;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CheckpointSavesTest {
    private static final Lease FIRST = lease("first");

    private final List<Integer> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch goOn = new CountDownLatch(1);
    private volatile @Nullable EventStoreException failureOfMany;
    private final CheckpointSaves saves = new CheckpointSaves(() -> (CheckpointStore) Proxy.newProxyInstance(
            CheckpointStore.class.getClassLoader(),
            new Class<?>[] {CheckpointStore.class},
            (proxy, method, arguments) -> method.getName().equals("saveAll")
                    ? saveAll(CheckpointSavesTest.<List<Save>>cast(arguments[0]))
                    : save((Lease) arguments[0])));

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    private static Lease lease(String name) {
        return new Lease(name, "owner", 1);
    }

    private SaveResult save(Lease lease) throws InterruptedException {
        calls.add(1);
        if (lease.equals(FIRST)) {
            goOn.await();
        }
        if (lease.subscription().equals("bad")) {
            throw new InvalidRequest("bad");
        }
        return result(lease);
    }

    private static SaveResult result(Lease lease) {
        return lease.subscription().endsWith("1") ? SaveResult.FENCED : SaveResult.SAVED;
    }

    private Map<Lease, SaveResult> saveAll(List<Save> all) {
        calls.add(all.size());
        EventStoreException failure = failureOfMany;
        if (failure != null) {
            throw failure;
        }
        Map<Lease, SaveResult> results = new HashMap<>();
        all.forEach(save -> results.put(save.lease(), result(save.lease())));
        return results;
    }

    @AfterEach
    void end() {
        goOn.countDown();
    }

    private CompletableFuture<SaveResult> begin(Lease lease) {
        CompletableFuture<SaveResult> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(saves.save(new Save(lease, 0, Position.START, List.of())));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return result;
    }

    /** Begins a save that takes a while, and others meanwhile. */
    private Map<Lease, CompletableFuture<SaveResult>> beginWhileOneIsSaved(Lease... others) {
        Map<Lease, CompletableFuture<SaveResult>> all = new HashMap<>();
        all.put(FIRST, begin(FIRST));
        for (Lease other : others) {
            all.put(other, begin(other));
        }
        goOn.countDown();
        return all;
    }

    @Test
    void what_waits_is_saved_by_one_call_and_each_gets_its_own_result() {
        Lease[] others = IntStream.range(0, 5).mapToObj(i -> lease("s" + i)).toArray(Lease[]::new);
        beginWhileOneIsSaved(others)
                .forEach((lease, result) -> assertThat(result.join()).isEqualTo(result(lease)));
        assertThat(calls).containsExactly(1, others.length);
    }

    @Test
    void one_that_is_refused_does_not_fail_the_others() {
        failureOfMany = new InvalidRequest("one of them is bad");
        Lease bad = lease("bad");
        Lease good = lease("good");
        Map<Lease, CompletableFuture<SaveResult>> results = beginWhileOneIsSaved(bad, good);
        assertThat(results.get(good).join()).isEqualTo(SaveResult.SAVED);
        assertThatThrownBy(() -> results.get(bad).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(InvalidRequest.class);
        assertThat(calls).containsExactly(1, 2, 1, 1);
    }

    @Test
    void a_store_that_cannot_be_reached_is_asked_once_for_all() {
        failureOfMany = new StoreUnavailable("no connection", null);
        Lease one = lease("one");
        Lease two = lease("two");
        Map<Lease, CompletableFuture<SaveResult>> results = beginWhileOneIsSaved(one, two);
        for (Lease lease : List.of(one, two)) {
            assertThatThrownBy(() -> results.get(lease).join()).hasCauseInstanceOf(StoreUnavailable.class);
        }
        assertThat(calls).containsExactly(1, 2);
    }
}
