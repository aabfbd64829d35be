package io.headwater.tck.fuzz;

import static io.headwater.ExpectedVersion.any;
import static io.headwater.ExpectedVersion.exactly;
import static io.headwater.ExpectedVersion.noStream;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.AppendRequest;
import io.headwater.ExpectedVersion;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.Arrays;
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

    /** A step can only go if those after it expect what is there without it. */
    @Test
    void expected_versions_are_lowered_with_the_events_that_they_count() {
        StreamId stream = StreamId.of("@-1");
        Script script = new Script(List.of(
                append(stream, noStream(), 1, 2),
                append(stream, exactly(2), 3),
                append(stream, exactly(3), 4),
                append(stream, exactly(4), 5)));
        Shrinker shrinker = new Shrinker(
                ShrinkerTest::lastIsWritten, script, new Difference(3, DIFFERENCE.expected(), DIFFERENCE.actual()));
        assertThat(shrinker.shrink().script().steps()).hasSize(2);
    }

    /** Whether the last append is one that expects the version that those before it give. */
    private static Optional<Difference> lastIsWritten(Script script) {
        long version = 0;
        for (int i = 0; i < script.steps().size(); i++) {
            StreamWrite write = script.steps().get(i).requests().get(0).writes().get(0);
            if (write.expected().accepts(version, version > 0)) {
                if (version > 0 && write.events().get(0).id().equals(Code.id(5))) {
                    return Optional.of(new Difference(i, DIFFERENCE.expected(), DIFFERENCE.actual()));
                }
                version += write.events().size();
            }
        }
        return Optional.empty();
    }

    private static Step append(StreamId stream, ExpectedVersion expected, int... ids) {
        return new AppendStep(AppendRequest.to(
                stream,
                expected,
                Arrays.stream(ids).mapToObj(id -> Code.plain(Code.id(id))).toList()));
    }
}
