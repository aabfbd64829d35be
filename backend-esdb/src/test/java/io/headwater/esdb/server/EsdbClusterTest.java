package io.headwater.esdb.server;

import static io.headwater.esdb.server.TestClient.ANY;
import static io.headwater.esdb.server.TestClient.NO_STREAM;
import static io.headwater.esdb.server.TestClient.all;
import static io.headwater.esdb.server.TestClient.allFromEnd;
import static io.headwater.esdb.server.TestClient.at;
import static io.headwater.esdb.server.TestClient.event;
import static io.headwater.esdb.server.TestClient.stream;
import static io.headwater.esdb.server.TestClient.subscribing;
import static io.headwater.esdb.server.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo;
import io.kurrent.dbclient.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EsdbClusterTest {
    private static final String NOT_LEADER = "Leader info available";
    private static final String NOT_READY = "Server Is Not Ready";

    private final EsdbCluster cluster = EsdbCluster.start(Profile.V24, 3);
    private final EsdbServer first = cluster.servers().get(0);
    private final EsdbServer second = cluster.servers().get(1);
    private final EsdbServer third = cluster.servers().get(2);
    private final TestClient atFirst = new TestClient(first).requiringLeader();
    private final TestClient atSecond = new TestClient(second).requiringLeader();
    private final TestClient plainAtFirst = new TestClient(first);
    private final TestClient plainAtSecond = new TestClient(second);

    @AfterEach
    void close() throws Exception {
        List.of(atFirst, atSecond, plainAtFirst, plainAtSecond).forEach(TestClient::close);
        cluster.close();
    }

    @Test
    void aFollowerNamesTheLeaderWhereOneIsRequired() {
        atFirst.append("x", NO_STREAM, event("A"));

        assertRefused(NOT_LEADER, () -> atSecond.append("x", at(0), event("B")));
        assertRefused(NOT_LEADER, () -> atSecond.types("x"));
        assertRefused(NOT_LEADER, () -> types(atSecond.read(all())));
    }

    @Test
    void aFollowerTakesSubscriptionsFromTheEndAndRefusesOthersAfterTheConfirmation() {
        atFirst.append("x", NO_STREAM, event("A"));
        Iterator<ReadResp> fromEnd = atSecond.read(subscribing(allFromEnd()));
        assertThat(fromEnd.next().hasConfirmation()).isTrue();
        assertThat(fromEnd.next().hasCaughtUp()).isTrue();
        atFirst.append("x", at(0), event("B"));
        assertThat(fromEnd.next().getEvent().getEvent().getMetadataOrThrow("type"))
                .isEqualTo("B");

        Iterator<ReadResp> fromStart = atSecond.read(subscribing(stream("x")));
        assertThat(fromStart.next().hasConfirmation()).isTrue();
        assertRefused(NOT_LEADER, fromStart::next);
    }

    @Test
    void aFollowerForwardsWritesAndIsBehindInReads() {
        cluster.lag(Duration.ofHours(1));
        AppendReq.ProposedMessage b = event("B");
        assertThat(plainAtSecond.append("x", NO_STREAM, event("A")).getSuccess().getCurrentRevision())
                .isZero();
        assertThat(plainAtSecond.append("x", at(0), b).getSuccess().getCurrentRevision())
                .isEqualTo(1);

        assertThat(atFirst.types("x")).containsExactly("A", "B");
        assertThat(plainAtSecond.types("x")).isEmpty();
        cluster.lag(Duration.ZERO);
        await().until(() -> plainAtSecond.types("x").equals(List.of("A", "B")));
        assertThat(plainAtSecond.append("x", at(7), event("C")).hasWrongExpectedVersion())
                .isTrue();
    }

    @Test
    void openSubscriptionsAreNotToldThatTheLeaderChanged() {
        atFirst.append("x", NO_STREAM, event("A"));
        Iterator<ReadResp> answers = atFirst.read(subscribing(allFromEnd()));
        answers.next();
        answers.next();

        cluster.changeLeader(second);

        assertRefused(NOT_LEADER, () -> atFirst.append("x", at(0), event("B")));
        plainAtFirst.append("x", at(0), event("B"));
        assertThat(answers.next().getEvent().getEvent().getMetadataOrThrow("type"))
                .isEqualTo("B");
        assertThat(atSecond.types("x")).containsExactly("A", "B");
    }

    @Test
    void anElectedServerReadsWithoutTheNewestAndTakesNoWrites() {
        cluster.lag(Duration.ofHours(1));
        atFirst.append("x", NO_STREAM, event("A"));

        cluster.elect(second);

        assertThat(states(plainAtFirst)).containsExactly(VNodeState.Follower, VNodeState.Leader, VNodeState.Follower);
        assertThat(states(plainAtSecond))
                .containsExactly(VNodeState.Follower, VNodeState.PreLeader, VNodeState.Follower);
        assertRefused(NOT_READY, () -> atSecond.append("x", at(0), event("B")));
        assertThat(atSecond.types("x")).isEmpty();

        cluster.takeOver();
        assertThat(atSecond.append("x", at(0), event("B")).getSuccess().getCurrentRevision())
                .isEqualTo(1);
        assertThat(atSecond.types("x")).containsExactly("A", "B");
    }

    @Test
    void withoutAMajorityAnAppendIsWrittenAndNotReplicated() {
        AppendReq.ProposedMessage a = event("A");
        cluster.kill(second);
        cluster.kill(third);
        CompletableFuture<AppendResp> answer = atFirst.started("x", NO_STREAM, a);
        await().until(() ->
                atFirst.append("x", at(1L << 62)).getWrongExpectedVersion().getCurrentRevisionOptionCase()
                        == AppendResp.WrongExpectedVersion.CurrentRevisionOptionCase.CURRENT_REVISION);

        assertThat(atFirst.types("x")).isEmpty();
        assertThat(atFirst.append("x", NO_STREAM, event("B")).hasWrongExpectedVersion())
                .isTrue();
        assertThatThrownBy(answer::join).hasMessageContaining("Commit phase timeout.");

        cluster.become(first, VNodeState.Unknown);
        assertRefused(NOT_READY, () -> atFirst.append("x", NO_STREAM, a));
        assertRefused(NOT_READY, () -> atFirst.types("x"));
        assertThat(plainAtFirst.types("x")).isEmpty();

        cluster.startAgain(second);
        cluster.changeLeader(first);
        assertThat(atFirst.types("x")).containsExactly("A");
        assertThat(atFirst.append("x", NO_STREAM, a).getSuccess().getCurrentRevision())
                .isZero();
    }

    @Test
    void aDeposedLeaderAnswersOldReadsAndItsUnreplicatedRecordsAreCut() throws Exception {
        cluster.cutOff(first);
        AppendReq.ProposedMessage lost = event("Lost");
        CompletableFuture<AppendResp> answer = atFirst.started("x", NO_STREAM, lost);
        cluster.changeLeader(second);
        atSecond.append("x", NO_STREAM, event("A"));

        assertThat(atFirst.types("x")).isEmpty();
        assertThatThrownBy(answer::join).hasMessageContaining("Commit phase timeout.");

        cluster.join(first);
        await().ignoreExceptions().until(() -> plainAtFirst.types("x").equals(List.of("A")));
        assertRefused(NOT_LEADER, () -> atFirst.types("x"));
        assertThat(atSecond.append("x", NO_STREAM, lost).hasWrongExpectedVersion())
                .isTrue();
    }

    @Test
    void anotherLeaderKnowsExactRepeatsAndForgetsNonExactOnes() {
        AppendReq.ProposedMessage exact = event("Exact");
        AppendReq.ProposedMessage nonExact = event("NonExact");
        AppendResp first = atFirst.append("x", NO_STREAM, exact);
        atFirst.append("y", ANY, nonExact);

        cluster.changeLeader(second);

        assertThat(atSecond.append("x", NO_STREAM, exact)).isEqualTo(first);
        assertThat(atSecond.append("y", ANY, nonExact).getSuccess().getCurrentRevision())
                .isEqualTo(1);
    }

    @Test
    void aKilledLeaderComesBackAsFollower() {
        atFirst.append("x", NO_STREAM, event("A"));
        cluster.kill(first);
        cluster.gossips(second, first, VNodeState.Leader, true);
        assertThat(states(plainAtSecond)).containsExactly(VNodeState.Leader, VNodeState.Follower, VNodeState.Follower);

        cluster.gossipsTruth();
        cluster.changeLeader(third);
        cluster.startAgain(first);
        assertThat(plainAtSecond.gossip().getMembersList())
                .extracting(MemberInfo::getState)
                .containsExactly(VNodeState.Follower, VNodeState.Follower, VNodeState.Leader);
        await().ignoreExceptions().until(() -> plainAtFirst.types("x").equals(List.of("A")));
    }

    private static List<VNodeState> states(TestClient client) {
        return client.gossip().getMembersList().stream()
                .map(MemberInfo::getState)
                .toList();
    }

    private static void assertRefused(String text, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(StatusRuntimeException.class).hasMessageContaining(text);
    }
}
