package io.headwater.benchmarks.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.headwater.benchmarks.Peer;
import io.headwater.benchmarks.PeerStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Version;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;
import org.apache.pekko.persistence.jdbc.testkit.javadsl.SchemaUtils;

/** Persistent actors, whose events Pekko's JDBC journal stores. */
abstract class Pekko implements Peer {
    static final String TAG = "account";

    /** Every event has a tag, without which there is no log of all events. */
    public static final class Tagged extends Pekko {
        @Override
        public String name() {
            return "Pekko";
        }

        @Override
        public String facts() {
            return about("every event with a tag");
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        Set<String> tags() {
            return Set.of(TAG);
        }
    }

    /** What streams require by themselves. */
    public static final class Untagged extends Pekko {
        @Override
        public String name() {
            return "Pekko, untagged";
        }

        @Override
        public String facts() {
            return about("no tags, hence no log of all streams");
        }

        @Override
        public boolean isRead() {
            return false;
        }

        @Override
        Set<String> tags() {
            return Set.of();
        }
    }

    static String about(String tags) {
        return "Pekko %s, Pekko Persistence JDBC %s; a persistent actor for each stream; %s; a serializer of bytes;"
                        .formatted(
                                Version.current(),
                                JdbcAsyncWriteJournal.class.getPackage().getImplementationVersion(),
                                tags)
                + " parallelism and batchSize of the journal by default, max-buffer-size 1000; a shared pool of "
                + Pool.SIZE;
    }

    abstract Set<String> tags();

    /** Its script for PostgreSQL, by name. */
    @Override
    public String schema() {
        return "public";
    }

    @Override
    public String table() {
        return "event_journal";
    }

    @Override
    public PeerStore open(String url) {
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "peer", config(url));
        try {
            SchemaUtils.createIfNotExists(system).toCompletableFuture().join();
        } catch (CompletionException e) {
            system.terminate();
            throw e;
        }
        return new PekkoStore(system, tags());
    }

    private static Config config(String url) {
        Config pool = ConfigFactory.parseMap(Map.of(
                "db.url", url, "db.numThreads", Pool.SIZE, "db.maxConnections", Pool.SIZE, "db.minConnections", 0));
        return ConfigFactory.parseResources("pekko-peer.conf")
                .withFallback(pool.atPath("pekko-persistence-jdbc.shared-databases.slick"))
                .withFallback(ConfigFactory.load());
    }
}
