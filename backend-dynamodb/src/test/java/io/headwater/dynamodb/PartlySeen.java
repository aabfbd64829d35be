package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.EventStore;
import io.headwater.dynamodb.Interposed.Between;
import io.headwater.dynamodb.Interposed.Service;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import io.headwater.dynamodb.server.VisibilityOrder;
import io.headwater.tck.rule.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** An append of one event of which other calls see two items, until the rest is shown; and stores that meet it. */
final class PartlySeen implements VisibilityOrder, AutoCloseable {
    /** Actions of an append of one event to a stream that exists. */
    enum Action {
        HEAD,
        EVENTS,
        SLOT
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ENOUGH_LOOKS = 3;

    private final DynamoServer server;
    private final String url;
    private final List<Integer> order;
    private final int seen;
    private final List<TestStore> stores = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch partSeen = new CountDownLatch(1);
    private final CountDownLatch rest = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean replied = new AtomicBoolean();

    /**
     * At this server, in a new store.
     *
     * @param seen how many of the actions are seen at first
     * @param order in which they are seen, all of them
     */
    PartlySeen(DynamoServer server, int seen, Action... order) {
        this.server = server;
        this.url = DynamoFixture.url(server.endpoint().toString());
        this.seen = seen;
        this.order = List.of(order).stream().map(Action::ordinal).toList();
    }

    EventStore open(Between... between) {
        TestStore store = TestStore.open(url, between);
        stores.add(store);
        return store.store();
    }

    /** Does this, a transaction of which is seen in part. Returns when it is; then it goes on on a thread of its own. */
    <T> CompletableFuture<T> begin(Supplier<T> append) {
        server.faults()
                .addOnce(Fault.SPLIT_VISIBILITY, call -> call.is("TransactWriteItems"))
                .visibility(this);
        CompletableFuture<T> running = meanwhile(append);
        await(partSeen);
        return running;
    }

    /** Does this on a thread of its own. */
    <T> CompletableFuture<T> meanwhile(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    @Override
    public List<Integer> order(int actions) {
        assertThat(actions).isEqualTo(order.size());
        return order;
    }

    @Override
    public void shown(int items) {
        if (items == seen) {
            partSeen.countDown();
            await(rest);
        }
    }

    private static void await(CountDownLatch latch) {
        assertThat(Waiting.until(PATIENCE, () -> latch.getCount() == 0)).isTrue();
    }

    /** Lies between a store and the service: gives up the transaction that is seen in part. */
    DynamoDbResponse loseReply(DynamoDbRequest request, Service service) {
        boolean split = request instanceof TransactWriteItemsRequest write
                && write.transactItems().size() == order.size()
                && !replied.getAndSet(true);
        if (!split) {
            return service.call(request);
        }
        threads.execute(() -> service.call(request));
        await(partSeen);
        throw SdkClientException.create("the reply is lost");
    }

    /** Lies between a store and the service: counts its requests of this kind while the rest is not shown. */
    Between countLooks(Class<? extends DynamoDbRequest> kind) {
        return (request, service) -> {
            if (kind.isInstance(request) && partSeen.getCount() == 0) {
                looks.incrementAndGet();
            }
            return service.call(request);
        };
    }

    /** Shows the rest when this is done, or a store has looked for it often enough to go on doing so. */
    void showRestWhenDone(CompletableFuture<?> work) {
        assertThat(Waiting.until(PATIENCE, () -> work.isDone() || looks.get() >= ENOUGH_LOOKS))
                .isTrue();
        rest.countDown();
    }

    @Override
    public void close() {
        rest.countDown();
        server.faults().clear();
        stores.forEach(TestStore::close);
        threads.shutdown();
    }
}
