package io.headwater.esdb;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.LogQuery;
import io.headwater.Payload;
import io.headwater.Position;
import io.headwater.RecordedEvent;
import io.headwater.StreamId;
import io.headwater.Subscription;
import io.headwater.SubscriptionOptions;
import io.headwater.WrongExpectedVersion;
import io.headwater.esdb.server.EsdbCluster;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.tck.rule.Concurrently;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store on a cluster finds the leader, and keeps what it has seen while leaders change. */
class ClusterTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private final EsdbCluster cluster = EsdbCluster.start(Profile.V24, 3);

    @AfterEach
    void close() throws InterruptedException {
        cluster.close();
    }

    private EventStore open(String hosts) {
        return EventStores.open("esdb://" + hosts + "?tls=false&gossipTimeout=500&callTimeout=20s");
    }

    private static EventData event() {
        return EventData.of("Happened", Payload.json("{}"));
    }

    private EsdbServer follower() {
        return cluster.servers().stream()
                .filter(server -> server != cluster.leader())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_leader_is_found_among_the_nodes() {
        try (EventStore store = open(cluster.authorities())) {
            assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(1);
        }
    }

    @Test
    void one_follower_leads_to_the_leader() {
        try (EventStore store = open(follower().authority())) {
            assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(1);
        }
    }

    @Test
    void one_name_leads_to_the_leader_of_the_cluster() {
        int port = follower().port();
        try (EventStore store = EventStores.open(
                "esdb+discover://localhost:" + port + "?tls=false&gossipTimeout=500&callTimeout=20s")) {
            assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(1);
            cluster.changeLeader(follower());
            assertThat(store.append(STREAM, exactly(1), event()).version()).isEqualTo(2);
        }
    }

    @Test
    void the_server_that_leads_next_notifies_subscriptions() {
        Queue<RecordedEvent> arrived = new ConcurrentLinkedQueue<>();
        try (EventStore store = open(cluster.authorities());
                EventStore other = open(cluster.authorities());
                Subscription subscription = store.subscribe(SubscriptionOptions.ephemeral(), arrived::add)) {
            EsdbServer old = cluster.leader();
            await().until(() -> old.faults().openSubscriptions() == 1);

            cluster.changeLeader(follower());

            await().until(() -> cluster.leader().faults().openSubscriptions() == 1);
            await().until(() -> old.faults().openSubscriptions() == 0);
            cluster.leader().faults().dropSubscriptions(Status.UNAVAILABLE);
            await().until(() -> cluster.leader().faults().openSubscriptions() == 1);
            other.append(STREAM, any(), event());
            await().until(() -> arrived.size() == 1);
            assertThat(subscription.awaitPosition(other.head(), Duration.ofSeconds(10)))
                    .isTrue();
        }
    }

    @Test
    void a_store_follows_a_change_of_leader() {
        try (EventStore store = open(cluster.authorities())) {
            store.append(STREAM, any(), event());
            cluster.changeLeader(follower());

            assertThat(store.append(STREAM, exactly(1), event()).version()).isEqualTo(2);
            assertThat(store.readStream(STREAM).events()).hasSize(2);
        }
    }

    @Test
    void a_store_goes_on_when_the_leader_is_killed() {
        try (EventStore store = open(cluster.authorities())) {
            store.append(STREAM, any(), event());
            EsdbServer old = cluster.leader();
            EsdbServer next = follower();
            cluster.kill(old);
            cluster.changeLeader(next);

            assertThat(store.append(STREAM, exactly(1), event()).version()).isEqualTo(2);
        }
    }

    @Test
    void of_two_nodes_that_say_they_lead_the_one_that_more_name_is_taken() {
        EsdbServer old = cluster.leader();
        EsdbServer next = follower();
        cluster.changeLeader(next);
        cluster.gossips(old, old, VNodeState.Leader, true);
        cluster.gossips(old, next, VNodeState.Follower, true);

        try (EventStore store = open(cluster.authorities())) {
            assertThat(store.append(STREAM, any(), event()).version()).isEqualTo(1);
        }
    }

    @Test
    void an_append_is_decided_while_its_leader_is_cut_off() throws Exception {
        try (EventStore store = open(cluster.authorities())) {
            store.append(STREAM, any(), event());
            EsdbServer old = cluster.leader();
            EsdbServer next = follower();
            cluster.cutOff(old);
            List<Callable<Long>> work = new ArrayList<>();
            work.add(() -> store.append(STREAM, exactly(1), event()).version());
            work.add(() -> {
                cluster.servers().stream()
                        .filter(server -> server != old)
                        .forEach(server -> cluster.gossips(server, old, VNodeState.Leader, false));
                cluster.changeLeader(next);
                return 2L;
            });

            assertThat(Concurrently.all(work)).containsOnly(2L);
            assertThat(store.readStream(STREAM).events()).hasSize(2);
        }
    }

    /** Another node leads, and the old leader, which the others do not reach, still takes itself for the leader. */
    private EsdbServer depose(EsdbServer old) {
        EsdbServer next = follower();
        cluster.cutOff(old);
        cluster.servers().stream()
                .filter(server -> server != old)
                .forEach(server -> cluster.gossips(server, old, VNodeState.Leader, false));
        cluster.gossips(old, next, VNodeState.Follower, true);
        cluster.changeLeader(next);
        return next;
    }

    @Test
    void an_append_that_a_deposed_leader_takes_for_one_ahead_is_decided_by_the_new_one() {
        try (EventStore store = open(cluster.authorities())) {
            store.append(STREAM, any(), event());
            EsdbServer next = depose(cluster.leader());
            try (EventStore other = open(next.authority())) {
                other.append(STREAM, exactly(1), event());
                other.append(STREAM, exactly(2), event());

                assertThat(store.append(STREAM, exactly(3), event()).version()).isEqualTo(4);
                assertThat(other.readStream(STREAM).events()).hasSize(4);
            }
        }
    }

    @Test
    void what_was_decided_is_asked_of_a_node_that_most_name_as_leader() {
        try (EventStore store = open(cluster.authorities())) {
            store.append(STREAM, any(), event());
            EsdbServer next = depose(cluster.leader());
            try (EventStore other = open(next.authority())) {
                Position last = other.append(STREAM, any(), event()).position();

                assertThat(store.lastDecided()).isEqualTo(last);
            }
        }
    }

    @Test
    void a_lease_that_a_deposed_leader_shows_cannot_be_used() {
        try (EventStore store = open(cluster.authorities())) {
            CheckpointStore checkpoints = store.facet(CheckpointStore.class).orElseThrow();
            Duration term = Duration.ofMinutes(1);
            Lease lease = checkpoints.acquire("billing", "a", term).orElseThrow();
            EsdbServer next = depose(cluster.leader());
            try (EventStore other = open(next.authority())) {
                CheckpointStore others = other.facet(CheckpointStore.class).orElseThrow();
                others.forget("billing");
                Lease theirs = others.acquire("billing", "b", term).orElseThrow();

                assertThat(checkpoints.save(lease, 0, Position.START)).isEqualTo(SaveResult.FENCED);
                assertThat(checkpoints.renew(lease, term)).isFalse();
                assertThat(checkpoints.holder("billing").orElseThrow().lease()).isEqualTo(theirs);
                assertThat(others.renew(theirs, term)).isTrue();
            }
        }
    }

    @Test
    void a_conflict_ahead_is_told_by_a_leader_that_confirmed_it() {
        try (EventStore store = open(cluster.authorities())) {
            store.append(STREAM, any(), event());

            assertThatThrownBy(() -> store.append(STREAM, exactly(7), event()))
                    .isInstanceOf(WrongExpectedVersion.class);
        }
    }

    @Test
    void no_append_fails_while_the_nodes_restart_one_after_the_other() throws Exception {
        try (EventStore store = open(cluster.authorities())) {
            AtomicInteger changes = new AtomicInteger();
            List<Callable<Long>> work = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                StreamId stream = StreamId.of("order-" + writer);
                work.add(() -> {
                    long version = 0;
                    while (changes.get() < 3 || version < 20) {
                        version =
                                store.append(stream, exactly(version), event()).version();
                    }
                    return version;
                });
            }
            work.add(() -> {
                while (changes.get() < 3) {
                    EsdbServer old = cluster.leader();
                    EsdbServer next = follower();
                    cluster.kill(old);
                    cluster.changeLeader(next);
                    cluster.startAgain(old);
                    store.append(StreamId.of("marks"), any(), event());
                    changes.incrementAndGet();
                }
                return 0L;
            });

            long appended =
                    Concurrently.all(work).stream().mapToLong(Long::longValue).sum();

            List<RecordedEvent> log = store.log(LogQuery.all()).toList();
            assertThat(log)
                    .hasSize((int) appended + 3)
                    .extracting(RecordedEvent::id)
                    .doesNotHaveDuplicates();
        }
    }
}
