package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendOutcomeUnknown;
import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUrl;
import io.headwater.StreamAdmin;
import io.headwater.StreamId;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What becomes of a ticket whose append fails: its slot is filled, so that readers need not wait, and callers are told. */
class OwnSlotTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private final DynamoServer server = DynamoServer.start();
    private final StoreAddress address =
            StoreAddress.of(StoreUrl.parse(DynamoFixture.url(server.endpoint().toString())));
    private final Thrower thrower = new Thrower();
    private final DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.EU_CENTRAL_1)
            .overrideConfiguration(configuration ->
                    configuration.addExecutionInterceptor(thrower).retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    private EventStore store;

    /** Throws something in place of a request of a kind, or of its reply. */
    private static final class Thrower implements ExecutionInterceptor {
        private volatile Class<?> request = Void.class;
        private volatile Supplier<RuntimeException> replyFailure = () -> null;
        private volatile Error error;

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (request.isInstance(context.request()) && error != null) {
                throw error;
            }
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            RuntimeException failure = request.isInstance(context.request()) ? replyFailure.get() : null;
            if (failure != null) {
                throw failure;
            }
        }
    }

    @BeforeEach
    void open() {
        store = DynamoStore.on(client, address.table())
                .store(address.store())
                .protect(false)
                .open();
        append();
    }

    @AfterEach
    void close() {
        store.close();
        client.close();
        server.close();
    }

    private void append() {
        store.append(STREAM, ExpectedVersion.any(), EventData.json("happened", "{}"));
    }

    private boolean isFilled(long ticket) {
        Slots slots = new Slots(new Table(client, () -> {}, address.table()), address.keys());
        return !slots.read(ticket, ticket, 1).isEmpty();
    }

    @Test
    void the_slot_of_an_append_that_is_refused_is_filled() {
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> call.is("TransactWriteItems"));

        assertThatThrownBy(this::append).isInstanceOf(ConfigurationException.class);

        assertThat(isFilled(2)).isTrue();
    }

    @Test
    void the_slot_of_an_append_whose_stream_cannot_be_read_is_filled() {
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> call.is("GetItem"));

        assertThatThrownBy(this::append).isInstanceOf(ConfigurationException.class);

        server.faults().clear();
        assertThat(isFilled(2)).isTrue();
    }

    @Test
    void the_slot_of_a_delete_that_is_refused_is_filled() {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> call.is("TransactWriteItems"));

        assertThatThrownBy(() -> admin.delete(STREAM, ExpectedVersion.any()))
                .isInstanceOf(ConfigurationException.class);

        assertThat(isFilled(2)).isTrue();
    }

    @Test
    void an_append_whose_reply_is_lost_and_whose_slot_may_not_be_filled_is_of_unknown_outcome() {
        server.faults()
                .add(Fault.INTERNAL_ERROR, 1, call -> call.is("TransactWriteItems"))
                .add(Fault.ACCESS_DENIED, 1, call -> call.is("PutItem"));

        assertThatThrownBy(this::append).isInstanceOf(AppendOutcomeUnknown.class);
    }

    @Test
    void a_delete_whose_reply_is_lost_and_whose_slot_may_not_be_filled_is_of_unknown_outcome() {
        StreamAdmin admin = store.facet(StreamAdmin.class).orElseThrow();
        server.faults()
                .add(Fault.INTERNAL_ERROR, 1, call -> call.is("TransactWriteItems"))
                .add(Fault.ACCESS_DENIED, 1, call -> call.is("PutItem"));

        assertThatThrownBy(() -> admin.delete(STREAM, ExpectedVersion.any())).isInstanceOf(AppendOutcomeUnknown.class);
    }

    @Test
    void an_append_whose_reply_the_client_cannot_take_is_found_to_be_written() {
        thrower.request = TransactWriteItemsRequest.class;
        thrower.replyFailure = () -> new IllegalArgumentException("a reply that cannot be read");

        append();

        assertThat(store.version(STREAM)).isEqualTo(2);
    }

    @Test
    void callers_are_told_of_an_error_and_the_store_goes_on() {
        thrower.request = TransactWriteItemsRequest.class;
        thrower.error = new LinkageError("a class is missing");

        assertThatThrownBy(this::append)
                .isInstanceOf(AppendOutcomeUnknown.class)
                .hasMessageContaining("a class is missing")
                .hasCause(thrower.error);

        thrower.request = PutItemRequest.class;
        append();
        assertThat(store.version(STREAM)).isEqualTo(2);
    }
}
