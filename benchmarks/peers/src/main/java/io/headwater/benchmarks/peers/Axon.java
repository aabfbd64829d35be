package io.headwater.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.headwater.benchmarks.Peer;
import io.headwater.benchmarks.PeerStore;
import java.util.concurrent.Executor;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.serialization.json.JacksonSerializer;

/** Axon Framework's embedded event store on its JDBC engine. */
abstract class Axon implements Peer {
    private static final String SCHEMA = "axon";

    /** The page size of a query; the default of 100 needs two queries for a stream of 100 events. */
    private static final int BATCH = 1000;

    /** As documented: each append is a unit of work, and so a transaction. */
    public static final class InTransactions extends Axon {
        @Override
        public String name() {
            return "Axon";
        }

        @Override
        public String facts() {
            return about("a unit of work, and so a transaction, for each append");
        }

        @Override
        public boolean isRead() {
            return false;
        }

        /** A unit of work commits the connection that it hands out, which therefore must not commit by itself. */
        @Override
        public PeerStore open(String url) {
            HikariDataSource pool = Pool.open(url, SCHEMA, false);
            return store(
                    pool,
                    new UnitOfWorkAwareConnectionProviderWrapper(pool::getConnection),
                    task -> DefaultUnitOfWork.startAndGet(null).execute(task));
        }
    }

    /** The minimum: the server commits each statement, which saves a round trip. A large batch is not atomic. */
    public static final class Autocommit extends Axon {
        @Override
        public String name() {
            return "Axon, autocommit";
        }

        @Override
        public String facts() {
            return about("no transactions but the server's own");
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        public PeerStore open(String url) {
            HikariDataSource pool = Pool.open(url, SCHEMA, true);
            return store(pool, pool::getConnection, Runnable::run);
        }
    }

    static String about(String transactions) {
        return "Axon Framework %s, EmbeddedEventStore on JdbcEventStorageEngine; %s; payloads handed over as bytes, metadata by"
                        .formatted(EmbeddedEventStore.class.getPackage().getImplementationVersion(), transactions)
                + " Jackson; batches of %s; a pool of %s".formatted(BATCH, Pool.SIZE);
    }

    @Override
    public String schema() {
        return SCHEMA;
    }

    @Override
    public String table() {
        return "domainevententry";
    }

    /** With a function that runs the appends. */
    static PeerStore store(HikariDataSource pool, ConnectionProvider connections, Executor unit) {
        JacksonSerializer json = JacksonSerializer.defaultSerializer();
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(new AxonSerializer(json))
                .snapshotSerializer(json)
                .batchSize(BATCH)
                .build();
        unit.execute(() -> engine.createSchema(PostgresEventTableFactory.INSTANCE));
        return new AxonStore(
                pool, engine, EmbeddedEventStore.builder().storageEngine(engine).build(), unit);
    }
}
