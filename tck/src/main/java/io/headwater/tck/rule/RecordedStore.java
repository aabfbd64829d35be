package io.headwater.tck.rule;

import io.headwater.AppendOutcome;
import io.headwater.AppendOutcome.Appended;
import io.headwater.AppendRequest;
import io.headwater.AppendResult;
import io.headwater.AsyncBatchHandler;
import io.headwater.Capabilities;
import io.headwater.CommandId;
import io.headwater.CommandOptions;
import io.headwater.CommandResult;
import io.headwater.Decision;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that writes its operations into the history. */
final class RecordedStore implements EventStore {
    private final EventStore store;
    private final String name;
    private final History history;
    private final Consumer<Subscription> subscribed;

    RecordedStore(EventStore store, String name, History history, Consumer<Subscription> subscribed) {
        this.store = store;
        this.name = name;
        this.history = history;
        this.subscribed = subscribed;
    }

    private <T> T record(String operation, Supplier<T> work, @Nullable Object... arguments) {
        return history.record(name, operation, work, arguments);
    }

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
        return record("storeId", store::storeId);
    }

    @Override
    public AppendOutcome tryAppend(AppendRequest request) {
        return record("append", () -> store.tryAppend(request), request);
    }

    /** Forwarded, as a store may do more here than its default does. */
    @Override
    public List<AppendResult> append(AppendRequest request) {
        return record("append", () -> new Appended(store.append(request)), request)
                .results();
    }

    /** Forwarded, as a store may do more here than its default does. */
    @Override
    public CommandResult handle(CommandId command, StreamId stream, CommandOptions options, Decision decision) {
        return record("handle", () -> store.handle(command, stream, options, decision), command, stream, options);
    }

    @Override
    public StreamSlice readStream(StreamId stream, ReadOptions options) {
        return record("readStream", () -> store.readStream(stream, options), stream, options);
    }

    @Override
    public LogPage readLog(LogQuery query) {
        return record("readLog", () -> store.readLog(query), query);
    }

    @Override
    public Position head() {
        return record("head", store::head);
    }

    @Override
    public Position lastDecided() {
        return record("lastDecided", store::lastDecided);
    }

    @Override
    public Position positionAt(Instant time) {
        return record("positionAt", () -> store.positionAt(time), time);
    }

    @Override
    public <T> Optional<T> facet(Class<T> type) {
        Optional<T> facet = store.facet(type);
        return type.isInterface() ? facet.map(found -> recorded(type, found)) : facet;
    }

    private <T> T recorded(Class<T> type, T facet) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    History.Call call = history.begin(name, type.getSimpleName() + "." + method.getName(), arguments);
                    try {
                        @Nullable Object outcome = method.invoke(facet, arguments);
                        history.end(call, outcome);
                        return outcome;
                    } catch (InvocationTargetException e) {
                        history.end(call, e.getCause());
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }

    /** What the handler sees is up to the rule: its calls are no operations. */
    @Override
    public Subscription subscribeAsync(SubscriptionOptions options, AsyncBatchHandler handler) {
        Subscription subscription = record(
                "subscribe",
                () -> store.subscribeAsync(options, handler),
                options.name().orElse("ephemeral"));
        subscribed.accept(subscription);
        return subscription;
    }

    @Override
    public PullSubscription pull(SubscriptionOptions options) {
        PullSubscription subscription =
                record("pull", () -> store.pull(options), options.name().orElse("ephemeral"));
        subscribed.accept(subscription);
        return subscription;
    }

    @Override
    public Subscriptions subscriptions() {
        return store.subscriptions();
    }

    @Override
    public void close() {
        record("close", () -> {
            store.close();
            return "closed";
        });
    }
}
