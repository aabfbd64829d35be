package io.headwater.cli.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports as files, small enough to write by hand. */
public final class Reports {
    public static final String STORE = """
            "store": {"backend": "stub", "configuration": "stub:x", "capabilities": {"SNAPSHOTS": "NATIVE"},
              "idempotency": "RECENT", "logVisibilityMillis": 0,
              "limits": {"maxEventBytes": 1048576, "maxEventsPerAppend": 100, "maxAppendBytes": 2097152,
                "maxStreamsPerAppend": 25}}""";

    private Reports() {}

    /** A report with these rules, each as {@code "A1.1 PASS"}. */
    public static Path write(Path file, String store, String... rules) throws IOException {
        StringBuilder array = new StringBuilder();
        for (String rule : rules) {
            String[] words = rule.split(" ");
            array.append(array.isEmpty() ? "" : ",").append("""
                    {"id": "%s", "group": "append", "sentence": "what %s says", "status": "%s"}""".formatted(words[0], words[0], words[1]));
        }
        return Files.writeString(
                file, "{\"format\": \"headwater-tck-report/1\", %s, \"rules\": [%s]}".formatted(store, array));
    }
}
