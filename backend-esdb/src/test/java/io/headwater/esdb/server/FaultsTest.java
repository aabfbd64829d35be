package io.headwater.esdb.server;

import static io.headwater.esdb.server.TestClient.ANY;
import static io.headwater.esdb.server.TestClient.allFromEnd;
import static io.headwater.esdb.server.TestClient.event;
import static io.headwater.esdb.server.TestClient.subscribing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultsTest {
    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final TestClient client = new TestClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void anAnswerIsLostAfterTheWrite() {
        server.faults().next(Rpc.APPEND, Fault.answerLost(Status.UNAVAILABLE));

        assertRefused(Status.Code.UNAVAILABLE);
        assertThat(client.types("order-1")).containsExactly("Placed");
    }

    @Test
    void aCallIsRefusedBeforeTheWrite() {
        server.faults().next(Rpc.APPEND, Fault.refused(Fault.timedOut()));

        assertRefused(Status.Code.ABORTED);
        assertThat(client.types("order-1")).isEmpty();
    }

    @Test
    void aCallEndsWithOkAndWithoutAMessage() {
        server.faults().next(Rpc.APPEND, Fault.answerLost(Status.OK));

        assertThatThrownBy(() -> client.append("order-1", ANY, event("Placed"))).hasMessageContaining("no message");
        assertThat(client.types("order-1")).containsExactly("Placed");
    }

    @Test
    void aCallIsNeverAnsweredCarriedOutOrNot() {
        server.faults().next(Rpc.APPEND, Fault.ignored());
        server.faults().next(Rpc.APPEND, Fault.neverAnswered());

        CompletableFuture<AppendResp> ignored = client.started("order-1", ANY, event("Ignored"));
        await().until(() -> server.faults().openCalls() == 1);
        CompletableFuture<AppendResp> unanswered = client.started("order-1", ANY, event("Placed"));
        await().until(() -> !client.types("order-1").isEmpty());
        client.append("order-1", ANY, event("Paid"));

        assertThat(client.types("order-1")).containsExactly("Placed", "Paid");
        assertThat(ignored).isNotDone();
        assertThat(unanswered).isNotDone();
    }

    @Test
    void aServerNamesAnotherOneAsLeader() {
        try (EsdbServer other = EsdbServer.start(Profile.V24)) {
            server.faults().choose(rpc -> Optional.of(Fault.notLeader(other)));

            assertThatThrownBy(() -> client.append("order-1", ANY, event("Placed")))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, refusal -> {
                        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
                        assertThat(refusal.getTrailers()
                                        .get(Metadata.Key.of("leader-endpoint-port", Metadata.ASCII_STRING_MARSHALLER)))
                                .isEqualTo(Integer.toString(other.port()));
                    });
            server.faults().clear();
            client.append("order-1", ANY, event("Placed"));
        }
    }

    @Test
    void subscriptionsAreDropped() {
        Iterator<ReadResp> answers = client.read(subscribing(allFromEnd()));
        assertThat(answers.next().hasConfirmation()).isTrue();

        server.faults().dropSubscriptions(Status.UNAVAILABLE.withDescription("dropped"));

        assertThatThrownBy(() -> answers.forEachRemaining(answer -> {})).hasMessageContaining("dropped");
        await().until(() -> server.faults().openCalls() == 0);
    }

    @Test
    void openCallsOutliveGoAway() {
        Iterator<ReadResp> answers = client.read(subscribing(allFromEnd()));
        answers.next();
        answers.next();

        server.goAway();
        client.append("order-1", ANY, event("Placed"));

        assertThat(answers.next().getEvent().getEvent().getMetadataOrThrow("type"))
                .isEqualTo("Placed");
    }

    @Test
    void anAppendIsNotAnsweredWhileTheIndexIsHeld() throws Exception {
        server.holdIndex();
        CompletableFuture<AppendResp> answer = client.started("order-1", ANY, event("Placed"));
        assertThat(client.types("order-1")).isEmpty();

        server.releaseIndex();

        assertThat(answer.get().getSuccess().getCurrentRevision()).isZero();
        assertThat(client.types("order-1")).containsExactly("Placed");
    }

    private void assertRefused(Status.Code code) {
        assertThatThrownBy(() -> client.append("order-1", ANY, event("Placed")))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code));
    }
}
