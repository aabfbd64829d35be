package io.headwater.esdb.server;

import static io.headwater.esdb.server.TestClient.ANY;
import static io.headwater.esdb.server.TestClient.all;
import static io.headwater.esdb.server.TestClient.allFromEnd;
import static io.headwater.esdb.server.TestClient.event;
import static io.headwater.esdb.server.TestClient.stream;
import static io.headwater.esdb.server.TestClient.subscribing;
import static io.headwater.esdb.server.TestClient.types;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.Iterator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoginsTest {
    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final TestClient anonymous = new TestClient(server);
    private final TestClient wrong = new TestClient(server).as("app", "wrong");
    private final TestClient app = new TestClient(server).as("app", "p:w");
    private final TestClient admin = new TestClient(server).as("admin", Logins.FIRST_PASSWORD);

    @BeforeEach
    void ask() {
        server.logins().ask();
        server.logins().put("app", "p:w", "apps");
        admin.append("order-1", ANY, event("Placed"));
    }

    @AfterEach
    void close() {
        anonymous.close();
        wrong.close();
        app.close();
        admin.close();
        server.close();
    }

    @Test
    void withoutALoginOnlyGossipIsAnswered() {
        assertThat(anonymous.gossip().getMembersCount()).isEqualTo(1);
        assertRefused(Status.Code.PERMISSION_DENIED, () -> anonymous.append("order-1", ANY, event("Paid")));
        assertRefused(Status.Code.PERMISSION_DENIED, () -> anonymous.types("order-1"));
    }

    @Test
    void withAWrongPasswordNothingIsAnswered() {
        assertRefused(Status.Code.UNAUTHENTICATED, wrong::gossip);
        assertRefused(Status.Code.UNAUTHENTICATED, () -> wrong.types("order-1"));
    }

    @Test
    void aUserMayUseStreamsOfUsersAlone() {
        app.append("order-1", ANY, event("Paid"));
        assertThat(app.types("order-1")).containsExactly("Placed", "Paid");
        app.append("$$order-1", ANY, event("$metadata"));
        assertRefused(Status.Code.PERMISSION_DENIED, () -> app.append("$mine", ANY, event("Placed")));
        assertRefused(Status.Code.PERMISSION_DENIED, () -> app.types("$ce-none"));
        assertRefused(Status.Code.PERMISSION_DENIED, () -> types(app.read(all())));
    }

    @Test
    void theLogIsOpenedByItsMetadata() {
        admin.append("$$$all", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"apps\"}}"));

        assertThat(types(app.read(all()))).contains("Placed");
    }

    @Test
    void systemStreamsAreOpenedBySettings() {
        admin.append("$settings", ANY, event("update", "{\"$systemStreamAcl\":{\"$r\":[\"$admins\",\"app\"]}}"));

        assertThat(app.types("$ce-none")).isEmpty();
        assertThat(types(app.read(all()))).contains("Placed");
        assertRefused(Status.Code.PERMISSION_DENIED, () -> app.append("$mine", ANY, event("Placed")));
    }

    @Test
    void aStreamIsClosedByItsMetadataAndSeenInTheLog() {
        admin.append("$$$all", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"apps\"}}"));
        admin.append("$$order-1", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"$admins\",\"$w\":\"$admins\"}}"));

        assertRefused(Status.Code.PERMISSION_DENIED, () -> app.types("order-1"));
        assertRefused(Status.Code.PERMISSION_DENIED, () -> app.append("order-1", ANY, event("Paid")));
        assertThat(types(app.read(all()))).contains("Placed");
    }

    @Test
    void aFollowerOfTheLogWhoseRightIsTakenSeesNothingMore() {
        admin.append("$$$all", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"apps\"}}"));
        Iterator<ReadResp> following = app.read(subscribing(allFromEnd()));
        awaitCaughtUp(following);

        admin.append("$$$all", ANY, event("$metadata", "{\"$acl\":{\"$r\":\"$admins\"}}"));
        admin.append("order-1", ANY, event("Paid"));

        assertRefused(Status.Code.PERMISSION_DENIED, following::hasNext);
    }

    @Test
    void aFollowerOfAStreamWhoseUserIsRemovedGoesOn() {
        Iterator<ReadResp> following = app.read(subscribing(stream("order-1")));
        awaitCaughtUp(following);

        server.logins().remove("app");
        admin.append("order-1", ANY, event("Paid"));

        assertThat(following.next().getEvent().getEvent().getMetadataOrThrow("type"))
                .isEqualTo("Paid");
        assertRefused(Status.Code.UNAUTHENTICATED, () -> app.types("order-1"));
    }

    private static void awaitCaughtUp(Iterator<ReadResp> following) {
        while (!following.next().hasCaughtUp()) {
            continue;
        }
    }

    private static void assertRefused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code));
    }
}
