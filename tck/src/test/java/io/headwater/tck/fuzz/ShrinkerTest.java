package io.headwater.tck.fuzz;

import static io.headwater.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.StreamId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final Difference DIFFERENCE = new Difference(0, Answer.of("done"), Answer.of("nothing"));

    /** What takes more than one pass meets the names that an earlier pass gave. */
    @Test
    void two_streams_of_a_request_never_get_the_same_name() {
        AppendRequest request = AppendRequest.to(StreamId.of("@-1"), any(), Code.plain(Code.id(1)))
                .and(StreamId.of("@a'--1"), any(), Code.plain(Code.id(2)));
        Script script = new Script(List.of(new AppendStep(request)));
        Shrinker shrinker = new Shrinker(
                candidate -> candidate.names().size() == 2 ? Optional.of(DIFFERENCE) : Optional.empty(),
                script,
                DIFFERENCE);
        assertThat(shrinker.shrink().script().names()).containsExactlyInAnyOrder("@-1", "@-2");
    }
}
