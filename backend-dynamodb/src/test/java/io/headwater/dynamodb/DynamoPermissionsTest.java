package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headwater.AppendRequest;
import io.headwater.ConfigurationException;
import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.StoreUrl;
import io.headwater.StreamId;
import io.headwater.dynamodb.server.Call;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import io.headwater.tck.process.JavaStoreProcess;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Processes that may not do everything. */
class DynamoPermissionsTest {
    private static final StreamId STREAM = StreamId.of("order-1");
    private static final String READER = "reader";

    /** The declared bound of visibility, and some time for a slow machine. */
    private static final Duration VISIBLE = Duration.ofSeconds(20);

    private final DynamoServer server = DynamoServer.start();
    private final String url = DynamoFixture.url(server.endpoint().toString());
    private final DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(READER, "secret")))
            .overrideConfiguration(configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    private EventStore writer;

    @BeforeEach
    void open() {
        writer = EventStores.open(url);
        append();
    }

    @AfterEach
    void close() {
        writer.close();
        client.close();
        server.close();
    }

    private void append() {
        writer.append(STREAM, ExpectedVersion.any(), EventData.json("happened", "{}"));
    }

    /** A ticket is taken, and nothing else written with it. */
    private void killWriter() {
        JavaStoreProcess killed = JavaStoreProcess.start(EventStoreConfig.of(url));
        killed.hold(AppendRequest.to(StreamId.of("held-1"), ExpectedVersion.any(), EventData.json("held", "{}")));
        killed.kill();
    }

    private EventStore reader(Predicate<Call> denied) {
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> call.accessKey().equals(READER) && denied.test(call));
        StoreAddress address = StoreAddress.of(StoreUrl.parse(url));
        return DynamoStore.on(client, address.table()).store(address.store()).openReadOnly();
    }

    private static boolean writes(Call call) {
        return call.is("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem");
    }

    private static int events(EventStore store) {
        return store.readLog(LogQuery.all()).events().size();
    }

    private static String heldBackBy(EventStore store) {
        return store.facet(Diagnostics.class).orElseThrow().describe().getOrDefault("holds back the log", "");
    }

    @Test
    void a_reader_that_may_not_fill_slots_stops_before_the_ticket_of_a_killed_writer_and_says_what_decides_it() {
        try (EventStore reader = reader(DynamoPermissionsTest::writes)) {
            killWriter();
            append();

            await().atMost(VISIBLE).until(() -> heldBackBy(reader).contains("may not write slots"));
            assertThat(heldBackBy(reader))
                    .matches("ticket 2, for \\d+ ms; this process may not write slots: any process that may write"
                            + " decides it");
            assertThat(events(reader)).isEqualTo(1);

            await().atMost(VISIBLE).until(() -> events(writer) == 2);
            assertThat(events(reader)).isEqualTo(2);
            assertThat(heldBackBy(reader)).isEmpty();
        }
    }

    @Test
    void a_reader_that_may_fill_slots_and_nothing_else_passes_the_ticket_of_a_killed_writer() {
        try (EventStore reader = reader(call -> writes(call) && !(call.is("PutItem") && call.mentions("/l/")))) {
            killWriter();
            append();

            await().atMost(VISIBLE).until(() -> events(reader) == 2);
        }
    }

    @Test
    void credentials_that_ran_out_for_some_time_do_not_keep_a_store_from_filling_slots_later() {
        server.faults().add(Fault.EXPIRED_CREDENTIALS, 1, call -> call.is("PutItem") && call.mentions("/l/"));
        killWriter();
        Position held = writer.head();
        await().until(() -> {
            writer.head();
            return server.usage().calls().containsKey("PutItem")
                    && !heldBackBy(writer).isEmpty();
        });

        server.faults().clear();

        await().atMost(VISIBLE).until(() -> writer.head().isAfter(held));
    }

    @Test
    void a_process_that_may_not_append_is_told_which_action_is_denied() {
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> call.is("UpdateItem"));

        assertThatThrownBy(this::append)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("dynamodb:UpdateItem on table '" + DynamoFixture.TABLE + "' is denied");
    }
}
