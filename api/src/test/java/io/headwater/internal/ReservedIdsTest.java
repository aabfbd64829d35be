package io.headwater.internal;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.AppendRequest;
import io.headwater.Capabilities;
import io.headwater.EventData;
import io.headwater.InvalidRequest;
import io.headwater.Limits;
import io.headwater.Payload;
import io.headwater.Snapshot;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** P2: a reserved id is found wherever it is in the arguments of a call. */
class ReservedIdsTest {
    private static final StreamId OWN = StreamId.of("own:1");
    private static final StreamId OTHER = StreamId.of("other-1");
    private static final EventData EVENT = EventData.json("t", "{}");

    private final ReservedIds reserved =
            new ReservedIds(Capabilities.of(Limits.MIN).reserving("own:"));

    private void refused(Object argument) {
        assertThatThrownBy(() -> reserved.refuse("text", argument))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("stream id 'own:1' begins with 'own:'");
    }

    @Test
    void is_refused() {
        refused(OWN);
        refused(Optional.of(OWN));
        refused(List.of(OTHER, OWN));
        refused(new Snapshot(OWN, "state", 1, Payload.json("{}")));
        refused(AppendRequest.to(OWN, any(), EVENT));
        refused(AppendRequest.to(OTHER, any(), EVENT).and(OWN, any(), EventData.json("t", "{}")));
        refused(AppendRequest.to(OTHER, any(), EVENT).check(OWN, any()));
        refused(List.of(AppendRequest.to(OWN, any(), EVENT)));
        refused(SubscriptionOptions.ephemeral().stream(OWN));
    }

    @Test
    void others_are_not() {
        assertThatCode(() -> reserved.refuse(
                        OTHER,
                        Optional.empty(),
                        AppendRequest.to(OTHER, any(), EVENT),
                        SubscriptionOptions.ephemeral().streamPrefix("own:"),
                        "own:1",
                        null))
                .doesNotThrowAnyException();
    }

    @Test
    void none_is_refused_where_no_prefix_is_reserved() {
        ReservedIds none = new ReservedIds(Capabilities.of(Limits.MIN));
        assertThatCode(() -> none.refuse(OWN)).doesNotThrowAnyException();
        assertThat(none.capabilities().reservedPrefix()).isEmpty();
    }
}
