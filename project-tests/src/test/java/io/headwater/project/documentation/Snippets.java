package io.headwater.project.documentation;

import io.grpc.ManagedChannel;
import io.headwater.AppendOutcome;
import io.headwater.AppendRequest;
import io.headwater.Capability;
import io.headwater.CommandId;
import io.headwater.CommandResult;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStoreConfig;
import io.headwater.EventStoreException;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogPage;
import io.headwater.LogQuery;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.StreamSlice;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.dynamodb.DynamoStore;
import io.headwater.esdb.EsdbStore;
import io.headwater.postgres.PostgresStore;
import io.headwater.postgres.PostgresTransactions;
import io.headwater.tck.Profile;
import io.headwater.tck.Tck;
import io.headwater.tck.TckReport;
import io.headwater.tck.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The pieces of code that the documentation shows. */
final class Snippets {
    private Snippets() {}

    static AppendOutcome decide(EventStore store, StreamId order) {
        // snippet: decide
        StreamSlice history = store.readStream(order); // empty, at version 0, if it was never written
        EventData event = decideOn(history.events());
        var request = AppendRequest.to(order, ExpectedVersion.exactly(history.version()), event);
        AppendOutcome outcome = store.tryAppend(request);
        if (outcome instanceof AppendOutcome.Conflict conflict) {
            // Another writer was faster. Nothing was written: read again and decide anew.
            System.err.println(conflict.violations().get(0).describe());
        }
        // end
        return outcome;
    }

    private static EventData decideOn(List<RecordedEvent> history) {
        return EventData.json("OrderPaid", "{\"after\": " + history.size() + "}");
    }

    static void repeat(EventStore store, StreamId order) {
        // snippet: repeat
        AppendRequest request =
                AppendRequest.to(order, ExpectedVersion.noStream(), EventData.json("OrderPlaced", "{\"total\": 30}"));
        try {
            store.append(request);
        } catch (EventStoreException e) {
            if (e.retry() == EventStoreException.Retry.NEVER) {
                throw e;
            }
            store.append(request); // the same ids and expectation: stored once, whether or not the first call stored it
        }
        // end
    }

    static CommandResult handle(EventStore store, StreamId order, String requestKey) {
        // snippet: handle
        CommandResult result =
                store.handle(CommandId.of(requestKey), order, history -> List.of(decideOn(history.events())));
        System.out.println(result.replayed() ? "was handled before" : "handled now");
        // end
        return result;
    }

    static Position follow(EventStore store, String savedPosition, List<String> paid) {
        // snippet: follow
        Position position = Position.parse(savedPosition); // at first Position.START
        LogPage page;
        do {
            page = store.readLog(LogQuery.category("order").types("OrderPaid").after(position));
            page.events().forEach(event -> paid.add(event.data().text()));
            position = page.scannedTo(); // save position.toString() together with what the events changed
        } while (page.more());
        // end
        return position;
    }

    static void subscribe(EventStore store, List<String> mails) {
        // snippet: subscribe
        Subscription mailing = store.subscribe(
                SubscriptionOptions.durable("mailing").category("order").types("OrderPaid"),
                event -> mails.add("paid: " + event.stream()));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close)); // on Ctrl-C the checkpoint is saved
        mailing.awaitClosed(); // handlers run on daemon threads, which do not keep the process alive
        // end
    }

    static void transfer(EventStore store, EventData withdrawn, EventData deposited) {
        // snippet: transfer
        store.append(AppendRequest.to(StreamId.of("account", "a"), ExpectedVersion.streamExists(), withdrawn)
                .and(StreamId.of("account", "b"), ExpectedVersion.streamExists(), deposited)
                .check(StreamId.of("limits", "daily"), ExpectedVersion.exactly(1)));
        // end
    }

    /** With these settings in the environment. */
    static EventStoreConfig environment() {
        // snippet: environment
        // HEADWATER_URL=sqlite:shop.db HEADWATER_DURABILITY=normal HEADWATER_BUSY_TIMEOUT=5s
        EventStoreConfig environment = EventStoreConfig.fromEnvironment(System.getenv());
        // end
        return environment;
    }

    static List<EventStoreConfig> configurations() {
        // snippet: url
        EventStoreConfig url = EventStoreConfig.of("sqlite:shop.db?durability=normal&busyTimeout=5s");
        // end
        // snippet: map
        EventStoreConfig map =
                EventStoreConfig.fromMap(Map.of("url", "sqlite:shop.db", "durability", "normal", "busyTimeout", "5s"));
        // end
        // snippet: properties
        Properties properties = new Properties();
        properties.setProperty("headwater.url", "sqlite:shop.db");
        properties.setProperty("headwater.durability", "normal");
        properties.setProperty("headwater.busyTimeout", "5s");
        EventStoreConfig fromProperties = EventStoreConfig.fromProperties(properties);
        // end
        return List.of(url, map, fromProperties);
    }

    static TckReport report(String url, Path file) throws IOException {
        // snippet: report
        TckReport report =
                Tck.of(url).only("append", "A4").profile(Profile.QUICK).run();
        Files.writeString(file, ReportFormat.HTML.text(report));
        // end
        return report;
    }

    static EventStore require(String url) {
        // snippet: require
        EventStoreConfig config = EventStoreConfig.of(url)
                .with("durability", "normal") // beats the same option in the URL
                .require(Capability.MULTI_STREAM_APPEND, Capability.SNAPSHOTS);
        EventStore store = EventStores.open(config); // throws UnsupportedCapability, naming what is missing
        // end
        return store;
    }

    static EventStore ownPool(DataSource pool) {
        // snippet: pool
        EventStore store = PostgresStore.on(pool).namespace("orders").open();
        // end
        return store;
    }

    static EventStore ownClient(DynamoDbClient client) {
        // snippet: dynamoClient
        EventStore store = DynamoStore.on(client, "events").store("orders").open();
        // end
        return store;
    }

    static EventStore ownChannel(ManagedChannel channel) {
        // snippet: esdbChannel
        EventStore store = EsdbStore.on(channel).namespace("headwater").open();
        // end
        return store;
    }

    static void together(EventStore store, Connection connection, AppendRequest request) throws SQLException {
        // snippet: together
        PostgresTransactions transactions =
                store.facet(PostgresTransactions.class).orElseThrow();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO invoices (number) VALUES (42)");
            transactions.append(connection, request).orThrow();
            connection.commit(); // the invoice and the events, both or neither
        } catch (RuntimeException | SQLException e) {
            connection.rollback();
            throw e;
        }
        // end
    }

    static void project(PostgresTransactions transactions, Connection connection, RecordedEvent event)
            throws SQLException {
        // snippet: project
        if (transactions.advance(connection, "invoices", event.position())) { // else it was handled before
            try (Statement statement = connection.createStatement()) {
                statement.execute("UPDATE totals SET invoices = invoices + 1");
            }
        }
        connection.commit();
        // end
    }
}
