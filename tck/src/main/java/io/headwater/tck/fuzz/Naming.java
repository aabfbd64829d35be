package io.headwater.tck.fuzz;

import io.headwater.AppendRequest;
import io.headwater.StreamCheck;
import io.headwater.StreamId;
import io.headwater.StreamWrite;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Gives the names of a script to the streams of one run of it: a script is run many times on the same storage, each time on
 * streams that were never written. In a script {@code @} stands for the run and {@code ^} for the same in upper case.
 *
 * @param change what it does to a name
 */
record Naming(UnaryOperator<String> change) {
    static final char RUN = '@';
    static final char UPPER_RUN = '^';

    /** The names of this run. */
    static Naming ofRun(String run) {
        String upper = run.toUpperCase(Locale.ROOT);
        return new Naming(name -> name.replace(String.valueOf(RUN), run).replace(String.valueOf(UPPER_RUN), upper));
    }

    /** The other way round: a text that names streams of a run, as it would be in the script. */
    static String inScript(String run, String text) {
        return text.replace(run, String.valueOf(RUN)).replace(run.toUpperCase(Locale.ROOT), String.valueOf(UPPER_RUN));
    }

    /** The same names, but for one. */
    static Naming replacing(String from, String to) {
        return new Naming(name -> name.equals(from) ? to : name);
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

    AppendRequest of(AppendRequest request) {
        return new AppendRequest(
                request.writes().stream()
                        .map(write -> new StreamWrite(of(write.stream()), write.expected(), write.events()))
                        .toList(),
                request.checks().stream()
                        .map(check -> new StreamCheck(of(check.stream()), check.expected()))
                        .toList());
    }
}
