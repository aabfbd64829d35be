package io.headwater.esdb.kit;

import io.headwater.esdb.server.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs scenarios against test servers of one profile, several at once, and compares what these answer with transcripts. */
final class TranscriptRun {
    /** They wait more than they compute. */
    private static final int AT_ONCE = 8;

    /** In these rounds scenarios share a server; in others they may change it as a whole. */
    private static final List<Integer> SHARED_ROUNDS = List.of(1, 2);

    /** How many scenarios were compared, and what differs, by scenario. */
    record Report(int compared, SortedMap<String, String> differences) {
        /** A summary, then the first differing lines of each scenario that differs. */
        String text() {
            StringBuilder text =
                    new StringBuilder("%s of %s scenarios agree".formatted(compared - differences.size(), compared));
            differences.forEach(
                    (id, lines) -> text.append("\n\n").append(id).append('\n').append(lines));
            return text.toString();
        }
    }

    private final Profile profile;
    private final SortedMap<String, String> transcripts;

    TranscriptRun(Profile profile, SortedMap<String, String> transcripts) {
        this.profile = profile;
        this.transcripts = transcripts;
    }

    Report of(List<Catalog.Scenario> scenarios) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
        try (ServerUnderTest shared = ServerUnderTest.start(profile);
                ServerUnderTest longLog = ServerUnderTest.withLongLog(profile)) {
            List<Callable<String>> tasks = new ArrayList<>();
            scenarios.forEach(scenario -> tasks.add(() -> difference(scenario, shared, longLog)));
            return report(scenarios, executor.invokeAll(tasks));
        } finally {
            executor.shutdownNow();
        }
    }

    private String difference(Catalog.Scenario scenario, ServerUnderTest shared, ServerUnderTest longLog) {
        return Differences.between(transcripts.get(scenario.id()), answered(scenario, shared, longLog));
    }

    private String answered(Catalog.Scenario scenario, ServerUnderTest shared, ServerUnderTest longLog) {
        if (scenario.id().matches("window\\..*\\.read")) {
            return Recorder.record(longLog, scenario, Recorder.prefix());
        }
        if (scenario.id().matches("window\\..*\\.sub")) {
            return alone(ServerUnderTest.withNeighbour(profile), scenario);
        }
        return SHARED_ROUNDS.contains(scenario.round())
                ? Recorder.record(shared, scenario, Recorder.prefix())
                : alone(ServerUnderTest.start(profile), scenario);
    }

    private static String alone(ServerUnderTest server, Catalog.Scenario scenario) {
        try (server) {
            return Recorder.record(server, scenario, Recorder.prefix());
        }
    }

    private static Report report(List<Catalog.Scenario> scenarios, List<Future<String>> found)
            throws InterruptedException {
        SortedMap<String, String> differences = new TreeMap<>();
        for (int i = 0; i < found.size(); i++) {
            String lines = told(found.get(i));
            if (!lines.isEmpty()) {
                differences.put(scenarios.get(i).id(), lines);
            }
        }
        return new Report(scenarios.size(), differences);
    }

    private static String told(Future<String> found) throws InterruptedException {
        try {
            return found.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
