package io.headwater.tck;

import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.AsyncBatchHandler;
import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.PullSubscription;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.Subscriptions;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;

/** A store that has every facet, whatever it declares. */
record UndeclaredFacets(EventStore store) implements EventStore {
    @Override
    public String backend() {
        return store.backend();
    }

    @Override
    public Capabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public boolean isReadOnly() {
        return store.isReadOnly();
    }

    @Override
    public String storeId() {
        return store.storeId();
    }

    @Override
    public AppendOutcome tryAppend(AppendRequest request) {
        return store.tryAppend(request);
    }

    @Override
    public StreamSlice readStream(StreamId stream, ReadOptions options) {
        return store.readStream(stream, options);
    }

    @Override
    public LogPage readLog(LogQuery query) {
        return store.readLog(query);
    }

    @Override
    public Position head() {
        return store.head();
    }

    @Override
    public Position positionAt(Instant time) {
        return store.positionAt(time);
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        return Optional.of(type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> null)));
    }

    @Override
    public Subscription subscribeAsync(SubscriptionOptions options, AsyncBatchHandler handler) {
        return store.subscribeAsync(options, handler);
    }

    @Override
    public PullSubscription pull(SubscriptionOptions options) {
        return store.pull(options);
    }

    @Override
    public Subscriptions subscriptions() {
        return store.subscriptions();
    }

    @Override
    public void close() {
        store.close();
    }
}
