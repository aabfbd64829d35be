package io.headwater.esdb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsGrpc;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.AppendResp;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EsdbServerTest {
    private final EsdbServer server = EsdbServer.start(Profile.V24);
    private final ManagedChannel channel = NettyChannelBuilder.forAddress(EsdbServer.HOST, server.port())
            .usePlaintext()
            .build();

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void whatWasAppendedIsReadInItsStreamAndInTheLog() throws Exception {
        AppendResp answer = append("order-1", "Placed", "Paid");

        assertThat(answer.getSuccess().getCurrentRevision()).isEqualTo(1);
        assertThat(types(read(stream("order-1")))).containsExactly("Placed", "Paid");
        assertThat(types(read(
                        options().setAll(ReadReq.Options.AllOptions.newBuilder().setStart(empty())))))
                .endsWith("Placed", "Paid");
    }

    @Test
    void aSubscriptionGoesOnWithWhatIsWrittenLater() throws Exception {
        append("order-1", "Placed");
        Iterator<ReadResp> answers = read(stream("order-1")
                .clearCount()
                .setSubscription(ReadReq.Options.SubscriptionOptions.getDefaultInstance()));

        assertThat(answers.next().hasConfirmation()).isTrue();
        assertThat(answers.next().getEvent().getEvent().getStreamRevision()).isZero();
        assertThat(answers.next().hasCaughtUp()).isTrue();
        append("order-1", "Paid");
        assertThat(answers.next().getEvent().getEvent().getStreamRevision()).isEqualTo(1);
    }

    @Test
    void aRestartOnTheSamePortKeepsRecordsAndEndsCalls() throws Exception {
        append("order-1", "Placed");
        Iterator<ReadResp> answers = read(stream("order-1")
                .clearCount()
                .setSubscription(ReadReq.Options.SubscriptionOptions.getDefaultInstance()));
        answers.next();

        server.restart();

        assertThatThrownBy(() -> answers.forEachRemaining(answer -> {})).isInstanceOf(StatusRuntimeException.class);
        assertThat(types(read(stream("order-1")))).containsExactly("Placed");
    }

    private AppendResp append(String stream, String... types) throws Exception {
        CompletableFuture<AppendResp> answer = new CompletableFuture<>();
        StreamObserver<AppendReq> requests = StreamsGrpc.newStub(channel).append(new StreamObserver<>() {
            @Override
            public void onNext(AppendResp value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new AssertionError("no answer"));
            }
        });
        AppendReq.Options options = AppendReq.Options.newBuilder()
                .setStreamIdentifier(name(stream))
                .setAny(empty())
                .build();
        requests.onNext(AppendReq.newBuilder().setOptions(options).build());
        for (String type : types) {
            AppendReq.ProposedMessage event = AppendReq.ProposedMessage.newBuilder()
                    .setId(Ids.structured(UUID.randomUUID()))
                    .putMetadata("type", type)
                    .putMetadata("content-type", "application/json")
                    .setData(ByteString.copyFromUtf8("{}"))
                    .build();
            requests.onNext(AppendReq.newBuilder().setProposedMessage(event).build());
        }
        requests.onCompleted();
        return answer.get(10, TimeUnit.SECONDS);
    }

    private Iterator<ReadResp> read(ReadReq.Options.Builder options) {
        return StreamsGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .read(ReadReq.newBuilder().setOptions(options).build());
    }

    private static List<String> types(Iterator<ReadResp> answers) {
        List<String> types = new ArrayList<>();
        answers.forEachRemaining(answer -> {
            if (answer.hasEvent()) {
                types.add(answer.getEvent().getEvent().getMetadataOrThrow("type"));
            }
        });
        return types;
    }

    private static ReadReq.Options.Builder stream(String stream) {
        return options()
                .setStream(ReadReq.Options.StreamOptions.newBuilder()
                        .setStreamIdentifier(name(stream))
                        .setStart(empty()));
    }

    private static ReadReq.Options.Builder options() {
        return ReadReq.Options.newBuilder()
                .setCount(100)
                .setNoFilter(empty())
                .setUuidOption(ReadReq.Options.UUIDOption.newBuilder().setStructured(empty()));
    }

    private static Shared.StreamIdentifier name(String stream) {
        return Shared.StreamIdentifier.newBuilder()
                .setStreamName(ByteString.copyFromUtf8(stream))
                .build();
    }

    private static Shared.Empty empty() {
        return Shared.Empty.getDefaultInstance();
    }
}
