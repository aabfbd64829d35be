package io.headwater.esdb.server;

import static io.headwater.esdb.server.TestClient.ANY;
import static io.headwater.esdb.server.TestClient.at;
import static io.headwater.esdb.server.TestClient.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What three real nodes, restarts and logins answered, step by step. */
@Timeout(60)
class ClusterTranscriptTest {
    private static final String USER = "app";
    private static final String PASSWORD = "secret";

    private final Symbols symbols = new Symbols(USER);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void aFollowerWhereALeaderIsRequired() {
        EsdbCluster cluster = cluster();
        for (RecordedStep step : steps("cluster.follower.requiresLeader")) {
            play(step, cluster.servers().get(step.note().contains("at the leader") ? 0 : 1));
        }
    }

    @Test
    void aFollowerThatForwards() {
        EsdbServer follower = cluster().servers().get(1);
        for (RecordedStep step : steps("cluster.follower.plain")) {
            if (step.note().equals("once it is there")) {
                TestClient client = client(follower);
                await().until(() -> client.types(symbols.text("~x-1")).size() == 2);
            }
            play(step, follower);
        }
    }

    @Test
    void gossipAtAFollower() {
        EsdbServer follower = cluster().servers().get(2);
        steps("cluster.gossip").forEach(step -> play(step, follower));
    }

    @Test
    void aNodeAlone() {
        EsdbCluster cluster = cluster();
        EsdbServer alone = cluster.servers().get(2);
        for (EsdbServer other : cluster.servers().subList(0, 2)) {
            cluster.kill(other);
            cluster.gossips(alone, other, VNodeState.Manager, false);
        }
        cluster.become(alone, VNodeState.Unknown);

        steps("cluster.alone").forEach(step -> play(step, alone));
    }

    @Test
    void aLeaderWithoutAMajority() {
        EsdbCluster cluster = cluster();
        EsdbServer leader = cluster.leader();
        List<EsdbServer> followers = cluster.servers().subList(1, 3);
        List<RecordedStep> steps = steps("cluster.noMajority");
        play(steps.get(0), leader);
        followers.forEach(cluster::kill);
        PlayedCall unreplicated = start(steps.get(1), leader);
        TestClient client = client(leader);
        await().until(() -> client.append(symbols.text("~x-1"), at(1L << 62))
                .getWrongExpectedVersion()
                .hasCurrentRevision());
        steps.subList(2, 6).forEach(step -> play(step, leader));
        leader.writeTimeout(Duration.ofMinutes(1));
        PlayedCall repeated = start(steps.get(6), leader);
        unreplicated.check();
        await().until(() -> leader.faults().openCalls() == 1);
        cluster.become(leader, VNodeState.Unknown);
        repeated.check();
        steps.subList(7, 11).forEach(step -> play(step, leader));

        followers.forEach(cluster::startAgain);
        cluster.changeLeader(leader);
        steps.subList(11, steps.size()).forEach(step -> play(step, leader));
    }

    @Test
    void aLeaderThatResigns() {
        EsdbCluster cluster = cluster();
        EsdbServer resigning = cluster.leader();
        List<RecordedStep> steps = steps("cluster.resign");
        play(steps.get(0), resigning);
        PlayedCall subscription = start(steps.get(1), resigning);
        subscription.awaitResponses(2);

        cluster.changeLeader(cluster.servers().get(1));
        client(cluster.leader()).append(symbols.text("~probe"), ANY, event("T"));
        steps.subList(2, steps.size()).forEach(step -> play(step, resigning));

        subscription.check();
    }

    @Test
    void repeatsAfterARestart() {
        EsdbServer server = server();
        List<RecordedStep> steps = steps("restart.repeat");
        steps.subList(0, 8).forEach(step -> play(step, server));
        server.restart();
        steps.subList(8, steps.size()).forEach(step -> play(step, server));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secure.default.anonymous", "secure.default.user", "secure.default.wrongPassword"})
    void callsOfSomeone(String scenario) {
        EsdbServer server = server();
        server.logins().ask();
        server.logins().put(USER, PASSWORD);
        TestClient admin = client(server).as("admin", Logins.FIRST_PASSWORD);
        admin.append("$$$ce-x", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"$all\",\"$mr\":\"$all\"}}"));
        admin.append("$ce-x", ANY, event("$>"), event("$>"), event("$>"));
        TestClient caller = client(server);
        if (!scenario.endsWith("anonymous")) {
            caller.as(USER, scenario.endsWith("wrongPassword") ? "wrong" : PASSWORD);
        }
        for (RecordedStep step : steps(scenario)) {
            PlayedCall.start(step, step.note().contains("as admin") ? admin : caller, symbols)
                    .check();
        }
    }

    @Test
    void aStreamThatTheUserMayNotRead() throws Exception {
        EsdbServer server = server();
        server.startProjections();
        server.logins().ask();
        server.logins().put(USER, PASSWORD);
        TestClient admin = client(server).as("admin", Logins.FIRST_PASSWORD);
        admin.append("$$$all", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"%s\"}}".formatted(USER)));
        TestClient user = client(server).as(USER, PASSWORD);
        for (RecordedStep step : steps("secure.streamAcl.denied")) {
            PlayedCall.start(step, step.note().contains("as admin") ? admin : user, symbols)
                    .check();
            server.awaitDelivered();
        }
    }

    private EsdbCluster cluster() {
        EsdbCluster cluster = EsdbCluster.start(Profile.V24, 3);
        open.add(cluster);
        return cluster;
    }

    private EsdbServer server() {
        EsdbServer server = EsdbServer.start(Profile.V24);
        open.add(server);
        return server;
    }

    private TestClient client(EsdbServer server) {
        TestClient client = new TestClient(server);
        open.add(client);
        return client;
    }

    private void play(RecordedStep step, EsdbServer server) {
        start(step, server).check();
    }

    private PlayedCall start(RecordedStep step, EsdbServer server) {
        TestClient client = client(server);
        return PlayedCall.start(step, step.requiresLeader() ? client.requiringLeader() : client, symbols);
    }

    private static List<RecordedStep> steps(String scenario) {
        String file = "/transcripts/cluster24/transcripts/" + scenario + ".json";
        try (InputStream in = Objects.requireNonNull(ClusterTranscriptTest.class.getResourceAsStream(file), file)) {
            Map<String, Object> transcript = Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<RecordedStep> steps = new ArrayList<>();
            for (Object step : (List<?>) transcript.get("steps")) {
                steps.add(new RecordedStep(Json.object(step)));
            }
            assertThat(steps).as(scenario).isNotEmpty();
            return steps;
        } catch (IOException | Json.NotJson e) {
            throw new AssertionError(scenario, e);
        }
    }
}
