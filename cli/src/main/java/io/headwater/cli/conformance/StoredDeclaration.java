package io.headwater.cli.conformance;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Idempotency;
import io.headwater.Limits;
import io.headwater.LogVisibility;
import io.headwater.Support;
import io.headwater.cli.json.JsonFields;
import io.headwater.tck.report.Facts;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the store in a report declares, read field by field and put in words. */
final class StoredDeclaration {
    private final Map<String, String> support = new LinkedHashMap<>();
    private final Map<String, Long> limits = new LinkedHashMap<>();
    private Idempotency idempotency = Idempotency.BEST_EFFORT;
    private long visibilityMillis;
    private Optional<String> reservedPrefix = Optional.empty();

    void read(String field, JsonFields json) {
        switch (field) {
            case "capabilities" -> json.object(this::capability);
            case "idempotency" -> idempotency = json.constant(Idempotency.class, json.text());
            case "logVisibilityMillis" -> visibilityMillis = json.number();
            case "reservedPrefix" -> reservedPrefix = Optional.of(json.text());
            case "limits" -> json.object((limit, value) -> limits.put(limit, value.number()));
            default -> json.skip();
        }
    }

    /** Reports of other versions may contain other capabilities. */
    private void capability(String name, JsonFields json) {
        String title = Arrays.stream(Capability.values())
                .filter(capability -> capability.name().equals(name))
                .findFirst()
                .map(Capability::title)
                .orElseGet(() -> name.toLowerCase(Locale.ROOT).replace('_', ' '));
        support.put(title, json.constant(Support.class, json.text()).name().toLowerCase(Locale.ROOT));
    }

    /**
     * Capabilities first, then guarantees and limits. Empty if the report has none because the store could not be
     * opened.
     */
    Map<String, String> words(JsonFields json) {
        Map<String, String> words = new LinkedHashMap<>(support);
        if (!support.isEmpty()) {
            Limits declared = new Limits(
                    limit("maxEventBytes", json),
                    count("maxEventsPerAppend", json),
                    limit("maxAppendBytes", json),
                    count("maxStreamsPerAppend", json));
            LogVisibility visibility = new LogVisibility(Duration.ofMillis(visibilityMillis));
            words.putAll(Facts.levels(new Capabilities(Map.of(), idempotency, visibility, declared, reservedPrefix)));
        }
        return words;
    }

    private int count(String name, JsonFields json) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, limit(name, json)));
    }

    private long limit(String name, JsonFields json) {
        Long limit = limits.get(name);
        if (limit == null) {
            throw json.problem("store.limits." + name + " is missing");
        }
        return limit;
    }
}
