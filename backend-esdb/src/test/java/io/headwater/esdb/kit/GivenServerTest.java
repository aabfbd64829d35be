package io.headwater.esdb.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.kurrent.dbclient.proto.serverfeatures.ServerFeaturesGrpc;
import io.kurrent.dbclient.proto.shared.Shared;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The server of {@code -Desdb.url}, if one is given, answers every scenario as the one that was recorded. It has to be an insecure one that was just
 * started, with the system projections; it is left with some ten thousand events.
 */
class GivenServerTest {
    @TestFactory
    Stream<DynamicTest> the_server_answers_as_the_recorded_one_of_its_version_did() {
        return Optional.ofNullable(System.getProperty("esdb.url")).stream()
                .map(GivenServer::of)
                .map(server -> DynamicTest.dynamicTest(server.hostPort(), () -> check(server)));
    }

    private static void check(GivenServer server) {
        SortedMap<String, String> transcripts =
                Transcripts.of(version(server).startsWith("23.") ? "23.10.6" : "24.6.0");
        SortedMap<String, String> differences = new TreeMap<>();
        List<Catalog.Scenario> scenarios = Catalog.all().stream()
                .filter(scenario -> transcripts.containsKey(scenario.id()))
                .filter(scenario -> !SkippedScenarios.holds(scenario.id()))
                .sorted(Comparator.comparing(Catalog.Scenario::round))
                .toList();
        for (Catalog.Scenario scenario : scenarios) {
            String lines = Differences.between(
                    transcripts.get(scenario.id()), Recorder.record(server, scenario, Recorder.prefix()));
            if (!lines.isEmpty()) {
                differences.put(scenario.id(), lines);
            }
        }
        TranscriptRun.Report report = new TranscriptRun.Report(scenarios.size(), differences);
        assertThat(differences).as(report.text()).isEmpty();
    }

    private static String version(GivenServer server) {
        ManagedChannel channel = Channels.to(server.hostPort());
        try {
            return ServerFeaturesGrpc.newBlockingStub(channel)
                    .getSupportedMethods(Shared.Empty.getDefaultInstance())
                    .getEventStoreServerVersion();
        } finally {
            channel.shutdownNow();
        }
    }
}
