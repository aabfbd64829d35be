package io.headwater.esdb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.KurrentDBConnectionString;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.SubscribeToAllOptions;
import io.kurrent.dbclient.SubscribeToStreamOptions;
import io.kurrent.dbclient.Subscription;
import io.kurrent.dbclient.SubscriptionFilter;
import io.kurrent.dbclient.SubscriptionListener;
import io.kurrent.dbclient.WrongExpectedVersionException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The vendor's client, as it is, works against the test server. */
class VendorsClientTest {
    private EsdbServer server;
    private KurrentDBClient client;

    @BeforeEach
    void connect() {
        server = EsdbServer.start(Profile.V24);
        server.startProjections();
        client = KurrentDBClient.create(
                KurrentDBConnectionString.parseOrThrow("kurrentdb://" + server.authority() + "?tls=false"));
    }

    @AfterEach
    void disconnect() throws ExecutionException, InterruptedException {
        client.shutdown().get();
        server.close();
    }

    private static EventData event(String type) {
        return EventDataBuilder.json(type, "{}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private void append(String stream, StreamState expected, String... types)
            throws ExecutionException, InterruptedException {
        client.appendToStream(
                        stream,
                        AppendToStreamOptions.get().streamState(expected),
                        Stream.of(types).map(VendorsClientTest::event).toArray(EventData[]::new))
                .get();
    }

    private List<String> types(String stream) throws ExecutionException, InterruptedException {
        ReadStreamOptions options =
                ReadStreamOptions.get().fromStart().forwards().resolveLinkTos();
        return client.readStream(stream, options).get().getEvents().stream()
                .map(VendorsClientTest::type)
                .toList();
    }

    private static String type(ResolvedEvent event) {
        return event.getEvent().getEventType();
    }

    @Test
    void appends_and_reads() throws Exception {
        append("order-1", StreamState.noStream(), "Placed", "Paid");
        append("order-1", StreamState.streamRevision(1), "Shipped");

        assertThat(types("order-1")).containsExactly("Placed", "Paid", "Shipped");
    }

    @Test
    void is_told_a_wrong_version() throws Exception {
        append("order-1", StreamState.noStream(), "Placed");

        assertThatThrownBy(() -> append("order-1", StreamState.noStream(), "Other"))
                .hasCauseInstanceOf(WrongExpectedVersionException.class);
    }

    @Test
    void follows_a_stream() throws Exception {
        append("order-1", StreamState.noStream(), "Placed");
        Seen seen = new Seen();
        client.subscribeToStream("order-1", seen, SubscribeToStreamOptions.get().fromStart())
                .get();
        append("order-1", StreamState.any(), "Paid");

        await().untilAsserted(() -> assertThat(seen.types).containsExactly("Placed", "Paid"));
    }

    @Test
    void follows_the_log_by_prefix() throws Exception {
        SubscriptionFilter orders =
                SubscriptionFilter.newBuilder().addStreamNamePrefix("order-").build();
        Seen seen = new Seen();
        client.subscribeToAll(seen, SubscribeToAllOptions.get().fromStart().filter(orders))
                .get();
        append("order-1", StreamState.noStream(), "Placed");
        append("bill-1", StreamState.noStream(), "Written");
        append("order-2", StreamState.noStream(), "Placed again");

        await().untilAsserted(() -> assertThat(seen.types).containsExactly("Placed", "Placed again"));
    }

    @Test
    void reads_a_category_by_its_links() throws Exception {
        append("order-1", StreamState.noStream(), "Placed");
        append("bill-1", StreamState.noStream(), "Written");
        append("order-2", StreamState.noStream(), "Placed again");
        server.awaitDelivered();

        assertThat(types("$ce-order")).containsExactly("Placed", "Placed again");
    }

    /** The types of the events that came. */
    private static final class Seen extends SubscriptionListener {
        private final List<String> types = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(Subscription subscription, ResolvedEvent event) {
            types.add(type(event));
        }
    }
}
