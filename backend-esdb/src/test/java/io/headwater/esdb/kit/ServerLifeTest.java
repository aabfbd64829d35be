package io.headwater.esdb.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.headwater.esdb.server.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scavenge and the end of a server, which the recorder asked for over HTTP, and what the files say of them. */
class ServerLifeTest {
    /** What was answered over HTTP, and about the file of the log that a scavenge leaves alone. */
    private static final Set<String> OF_HTTP =
            Set.of("server.in.memory", "answer", "answer.second", "scavenge.result", "chunk.filled", "completed");

    private static final String WHOLE_LOG = "{\"options\":{\"all\":";

    /** A word of the transport's library. */
    private static final String DEBUG_DATA = ", debug data: app_requested";

    @ParameterizedTest
    @CsvSource({"23.10.6, V23_10", "24.6.0, V24"})
    void a_scavenge_leaves_what_the_real_one_left(String version, Profile profile) {
        assertThat(Differences.between(
                        comparable(Transcripts.of(version).get("scavenge.run")),
                        comparable(answered("scavenge.run", profile))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "end.shutdown, 23.10.6, V23_10",
        "end.shutdown, 24.6.0, V24",
        "end.kill, 23.10.6, V23_10",
        "end.kill, 24.6.0, V24"
    })
    void calls_are_told_the_end_of_a_server(String scenario, String version, Profile profile) {
        assertThat(endings(answered(scenario, profile)))
                .containsExactlyElementsOf(endings(Transcripts.of(version).get(scenario)));
    }

    private static String answered(String id, Profile profile) {
        Catalog.Scenario scenario = Catalog.all().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
        try (ServerUnderTest server = ServerUnderTest.start(profile)) {
            return Recorder.record(server, scenario, Recorder.prefix());
        }
    }

    /** All but what a read of the whole log found behind a place that is gone: whose record lies there is chance. */
    private static String comparable(String transcript) {
        JsonObject whole = JsonParser.parseString(transcript).getAsJsonObject();
        StringBuilder lines = new StringBuilder();
        observations(whole).forEach(line -> lines.append(line).append('\n'));
        for (JsonElement step : whole.getAsJsonArray("steps")) {
            JsonObject call = step.getAsJsonObject();
            JsonElement request = call.getAsJsonArray("requests").get(0);
            if (request.toString().startsWith(WHOLE_LOG) && request.toString().contains("\"noFilter\"")) {
                call.remove("responses");
            }
            // 23.10.6 loses that record
            call.remove("segments");
            lines.append(call).append('\n');
        }
        return Renumbering.of(lines.toString());
    }

    private static List<String> observations(JsonObject transcript) {
        List<String> told = new ArrayList<>();
        for (Map.Entry<String, JsonElement> seen :
                transcript.getAsJsonObject("observations").entrySet()) {
            if (!OF_HTTP.contains(seen.getKey())) {
                told.add(seen.getKey() + ": " + seen.getValue());
            }
        }
        return told;
    }

    /** What was observed, and how each call ended; which of the traffic came before the end is chance. */
    private static List<String> endings(String transcript) {
        JsonObject whole = JsonParser.parseString(transcript).getAsJsonObject();
        List<String> told = observations(whole);
        for (JsonElement step : whole.getAsJsonArray("steps")) {
            JsonObject call = step.getAsJsonObject();
            String description = String.valueOf(call.get("description")).replace(DEBUG_DATA, "");
            told.add(call.get("step") + " " + call.get("status") + " " + description);
        }
        return told;
    }
}
