package io.headwater.esdb.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A call of a transcript: what was sent, and what was answered. */
record RecordedStep(Map<String, Object> json) {
    int number() {
        return ((Long) json.get("step")).intValue();
    }

    String rpc() {
        return (String) json.get("rpc");
    }

    String note() {
        return (String) json.getOrDefault("note", "");
    }

    boolean leavesOutEvents() {
        return note().contains("left out");
    }

    boolean requiresLeader() {
        return json.containsKey("headers");
    }

    List<Object> requests() {
        return list("requests");
    }

    /** Of a call that stayed open, those of all its segments. */
    List<Object> responses() {
        List<Object> responses = new ArrayList<>(list("responses"));
        for (Object segment : list("segments")) {
            responses.addAll((List<?>) ((Map<?, ?>) segment).get("responses"));
        }
        return responses;
    }

    /** Whether the recorder ended the call, as the server did not. */
    boolean staysOpen() {
        return status().contains(" ");
    }

    String status() {
        return (String) json.get("status");
    }

    String description() {
        return (String) json.getOrDefault("description", "");
    }

    Object trailers() {
        return json.getOrDefault("trailers", Map.of());
    }

    private List<Object> list(String name) {
        return json.get(name) instanceof List<?> list ? List.copyOf(list) : List.of();
    }
}
