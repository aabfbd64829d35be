package io.headwater.internal.subscription;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.Metadata;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events a durable subscription handles, as kept with its checkpoint. The same name with another selection is refused:
 * events that only the new one wants may lie before the checkpoint, and would be skipped without a word.
 *
 * @param stream the only stream; null for many
 * @param filter of the log, or of that stream
 */
record Selection(@Nullable StreamId stream, LogFilter filter) {
    private static final String KIND = "selection";
    private static final String KEY = "current";

    static Selection of(SubscriptionOptions options) {
        return new Selection(options.stream().orElse(null), options.filter());
    }

    /** What the subscription of this name began with. */
    static Optional<Selection> load(CheckpointStore checkpoints, String name) {
        return checkpoints.records(name, KIND, "", 1).stream().findFirst().map(kept -> Selection.read(kept.fields()));
    }

    private static Selection read(Metadata fields) {
        return new Selection(
                fields.get("stream").map(StreamId::of).orElse(null),
                new LogFilter(
                        names(fields, "categories"),
                        names(fields, "types"),
                        fields.get("streamPrefix").orElse("")));
    }

    /** Names have no control characters, so a line break separates them. */
    private static Set<String> names(Metadata fields, String key) {
        return fields.get(key)
                .map(lines -> Set.copyOf(Arrays.asList(lines.split("\n", -1))))
                .orElse(Set.of());
    }

    RecordChange toChange() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("of", stream == null ? "log" : "stream");
        if (stream != null) {
            fields.put("stream", stream.value());
        }
        put(fields, "categories", String.join("\n", new TreeSet<>(filter.categories())));
        put(fields, "types", String.join("\n", new TreeSet<>(filter.types())));
        put(fields, "streamPrefix", filter.streamPrefix());
        return RecordChange.put(KIND, KEY, Metadata.of(fields));
    }

    private static void put(Map<String, String> fields, String key, String value) {
        if (!value.isEmpty()) {
            fields.put(key, value);
        }
    }

    void checkSame(Selection kept) {
        if (!equals(kept)) {
            throw new InvalidRequest(
                    "the checkpoint is of a subscription to %s, this one is to %s: events before the checkpoint would be skipped. Take another name, or reset the subscription"
                            .formatted(kept.words(), words()));
        }
    }

    Source source(EventStore store) {
        return stream == null ? new LogSource(store, filter) : new StreamSource(store, stream, filter);
    }

    /** For people. */
    String words() {
        StringBuilder words = new StringBuilder();
        if (stream != null) {
            words.append("stream ").append(stream);
        } else if (!filter.categories().isEmpty()) {
            words.append(list(filter.categories(), "category ", "categories "));
        } else if (!filter.streamPrefix().isEmpty()) {
            words.append("streams that begin with ").append(filter.streamPrefix());
        } else {
            words.append("all");
        }
        return words.append(filter.types().isEmpty() ? "" : list(filter.types(), ", type ", ", types "))
                .toString();
    }

    private static String list(Set<String> names, String one, String many) {
        return (names.size() == 1 ? one : many) + new TreeSet<>(names).stream().collect(Collectors.joining(", "));
    }
}
