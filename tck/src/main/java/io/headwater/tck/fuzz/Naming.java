package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.EventData;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Replaces the names and event ids of a script by those of one run. A script is run many times on the same storage,
 * each time on streams that were never written and with ids that were never used. In a script, {@code @} stands for the
 * name of the run and {@code ^} for the same in upper case.
 *
 * @param change changes a name
 * @param changeId changes the id of an event
 */
record Naming(UnaryOperator<String> change, UnaryOperator<UUID> changeId) {
    static final char RUN = '@';
    static final char UPPER_RUN = '^';

    /** Returns the naming of this run. */
    static Naming ofRun(String run) {
        String upper = run.toUpperCase(Locale.ROOT);
        UUID runId = UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8));
        return new Naming(
                name -> name.replace(String.valueOf(RUN), run).replace(String.valueOf(UPPER_RUN), upper),
                id -> new UUID(runId.getMostSignificantBits(), id.getLeastSignificantBits()));
    }

    /** Returns a text with names of a run as it would be in the script. */
    static String inScript(String run, String text) {
        return text.replace(run, String.valueOf(RUN)).replace(run.toUpperCase(Locale.ROOT), String.valueOf(UPPER_RUN));
    }

    /** Returns a naming that changes one name only. */
    static Naming replacing(String from, String to) {
        return new Naming(name -> name.equals(from) ? to : name, UnaryOperator.identity());
    }

    String of(String name) {
        return change.apply(name);
    }

    StreamId of(StreamId stream) {
        return StreamId.of(of(stream.value()));
    }

    Set<String> of(Set<String> names) {
        return names.stream().map(this::of).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<EventData> of(List<EventData> events) {
        return events.stream()
                .map(event -> event.withId(changeId.apply(event.id())))
                .toList();
    }

    AppendRequest of(AppendRequest request) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(of(write.stream()), write.expected(), of(write.events())))
                        .toList(),
                request.checks().stream()
                        .map(check -> new StreamCheck(of(check.stream()), check.expected()))
                        .toList());
    }
}
