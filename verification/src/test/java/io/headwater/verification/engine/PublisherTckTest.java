package io.headwater.verification.engine;

import static io.headwater.ExpectedVersion.any;

import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import java.util.UUID;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterMethod;
import org.testng.annotations.BeforeMethod;

/**
 * The TCK of Reactive Streams, run on a store's publisher by TestNG. The TCK itself skips two kinds of its checks:
 *
 * <ul>
 *   <li>those that wait for {@code onComplete}, which never comes, for a log has no end: 1.2, 1.3, 1.5 (two), 1.7 after {@code
 *       onComplete}, 1.11 (two), 3.17 (two), and two that count all elements. {@link PublisherTest} has checks of 1.3 and 3.17
 *       that need no end;
 *   <li>those that it names {@code untested}, as it has no means to: 1.6, 1.7 after {@code onError}, 1.8, 1.9, 1.10, 3.4, 3.5.
 * </ul>
 */
public class PublisherTckTest extends FlowPublisherVerification<RecordedEvent> {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long SILENCE_MILLIS = 50;

    /** The TCK checks only once, after this time, for an error that it expects. */
    private static final long POLL_MILLIS = 2_000;

    /** As good as without an end: no check asks for as many. */
    private static final int MANY = 1000;

    private EventStore store;

    public PublisherTckTest() {
        super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, POLL_MILLIS));
    }

    @BeforeMethod
    public void open() {
        store = EventStores.open("memory:" + UUID.randomUUID());
    }

    @AfterMethod
    public void close() {
        store.close();
    }

    @Override
    public Flow.Publisher<RecordedEvent> createFlowPublisher(long elements) {
        for (long i = 0; i < Math.min(elements, MANY); i++) {
            store.append(StreamId.of("a-1"), any(), EventData.json("T", "{}"));
        }
        return store.publisher(SubscriptionOptions.ephemeral());
    }

    @Override
    public Flow.Publisher<RecordedEvent> createFailedFlowPublisher() {
        store.close();
        return store.publisher(SubscriptionOptions.ephemeral());
    }

    @Override
    public long maxElementsFromPublisher() {
        return publisherUnableToSignalOnComplete();
    }
}
