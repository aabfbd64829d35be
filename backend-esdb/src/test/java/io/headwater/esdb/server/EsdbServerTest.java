package io.headwater.esdb.server;

import static io.headwater.esdb.server.TestClient.ANY;
import static io.headwater.esdb.server.TestClient.all;
import static io.headwater.esdb.server.TestClient.event;
import static io.headwater.esdb.server.TestClient.stream;
import static io.headwater.esdb.server.TestClient.subscribing;
import static io.headwater.esdb.server.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EsdbServerTest {
    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final TestClient client = new TestClient(server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void whatWasAppendedIsReadInItsStreamAndInTheLog() {
        AppendResp answer = client.append("order-1", ANY, event("Placed"), event("Paid"));

        assertThat(answer.getSuccess().getCurrentRevision()).isEqualTo(1);
        assertThat(client.types("order-1")).containsExactly("Placed", "Paid");
        assertThat(types(client.read(all()))).endsWith("Placed", "Paid");
    }

    @Test
    void aSubscriptionGoesOnWithWhatIsWrittenLater() {
        client.append("order-1", ANY, event("Placed"));
        Iterator<ReadResp> answers = client.read(subscribing(stream("order-1")));

        assertThat(answers.next().hasConfirmation()).isTrue();
        assertThat(answers.next().getEvent().getEvent().getStreamRevision()).isZero();
        assertThat(answers.next().hasCaughtUp()).isTrue();
        client.append("order-1", ANY, event("Paid"));
        assertThat(answers.next().getEvent().getEvent().getStreamRevision()).isEqualTo(1);
    }

    @Test
    void aRestartKeepsRecordsEndsCallsAndForgetsIds() {
        AppendReq.ProposedMessage placed = event("Placed");
        client.append("order-1", ANY, placed);
        client.append("order-1", ANY, placed);
        Iterator<ReadResp> answers = client.read(subscribing(stream("order-1")));
        answers.next();

        server.restart();

        assertThatThrownBy(() -> answers.forEachRemaining(answer -> {})).isInstanceOf(StatusRuntimeException.class);
        assertThat(client.types("order-1")).containsExactly("Placed");
        client.append("order-1", ANY, placed);
        assertThat(client.types("order-1")).containsExactly("Placed", "Placed");
    }

    @Test
    void openCallsAreToldNothingWhenTheServerIsKilled() {
        Iterator<ReadResp> answers = client.read(subscribing(stream("order-1")));
        answers.next();

        server.kill();

        assertThatThrownBy(() -> answers.forEachRemaining(answer -> {}))
                .hasMessageContaining("Network closed for unknown reason");
        assertThatThrownBy(() -> client.append("order-1", ANY, event("Placed"))).hasMessageContaining("io exception");
        server.startAgain();
        try (TestClient other = new TestClient(server)) {
            other.append("order-1", ANY, event("Placed"));
        }
    }

    @Test
    void aServerThatShutsDownTakesNoCallsAndSaysThatItGoes() {
        Iterator<ReadResp> answers = client.read(subscribing(stream("order-1")));
        answers.next();

        server.shutDown();
        try (TestClient other = new TestClient(server)) {
            assertThatThrownBy(() -> other.append("order-1", ANY, event("Placed")))
                    .isInstanceOf(StatusRuntimeException.class);
        }
        server.kill();

        assertThatThrownBy(() -> answers.forEachRemaining(answer -> {}))
                .hasMessageContaining("Connection closed after GOAWAY. HTTP/2 error code: NO_ERROR");
    }

    @Test
    void aScavengeRemovesWhatIsHiddenButTheLastEvent() {
        client.append("cut", ANY, event("A"), event("B"), event("C"));
        client.append("$$cut", ANY, event("$metadata", "{\"$tb\":3}"));
        client.append("kept", ANY, event("D"), event("E"));

        server.scavenge();

        assertThat(types(client.read(all())))
                .endsWith("C", "$metadata", "D", "E")
                .doesNotContain("A", "B");
        assertThat(client.types("cut")).isEmpty();
        assertThat(client.append("cut", TestClient.at(2), event("F"))
                        .getSuccess()
                        .getCurrentRevision())
                .isEqualTo(3);
    }

    @Test
    void aCategoryIsReadFromItsIndexSince25() {
        try (EsdbServer newest = EsdbServer.start(Profile.V26);
                TestClient other = new TestClient(newest)) {
            for (TestClient each : List.of(client, other)) {
                each.append("order-1", ANY, event("Placed"));
                each.append("orders-1", ANY, event("Other"));
                each.append("order-2", ANY, event("Paid"));
            }

            assertThat(types(other.read(TestClient.allOf("$idx-ce-order")))).containsExactly("Placed", "Paid");
            assertThat(types(client.read(TestClient.allOf("$idx-ce-order")))).isEmpty();
        }
    }

    @Test
    void theNewestServerLimitsWholeEvents() {
        try (EsdbServer newest = EsdbServer.start(Profile.V26);
                TestClient other = new TestClient(newest)) {
            String tooLong = "x".repeat(2 << 20);

            assertThatThrownBy(() -> client.append("order-1", ANY, event("Placed", tooLong)))
                    .hasMessageContaining("Maximum Append Size of 1048576 Exceeded.");
            other.append("order-1", ANY, event("Placed", tooLong));
        }
    }

    @Test
    void aLinkToNumberMinusOneShowsTheLastEvent() {
        client.append("order-1", ANY, event("Placed"), event("Paid"));
        client.append("links", ANY, event("$>", "-1@order-1"), event("$>", "x@order-1"));

        assertThat(types(client.read(stream("links").setResolveLinks(true)))).containsExactly("Paid", "$>");
    }
}
