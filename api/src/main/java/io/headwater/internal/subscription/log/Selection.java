package io.headwater.internal.subscription.log;

import io.headwater.EventStore;
import io.headwater.InvalidRequest;
import io.headwater.LogFilter;
import io.headwater.Metadata;
import io.headwater.StreamId;
import io.headwater.SubscriptionOptions;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.spi.support.StoredValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events that a durable subscription selects, as stored with its checkpoint. The same name with another selection is refused:
 * events that only the new selection includes may precede the checkpoint, and would be skipped silently.
 *
 * @param stream the only stream; null for many
 * @param filter the filter of the log, or of that stream
 */
public record Selection(@Nullable StreamId stream, LogFilter filter) {
    private static final String KIND = "selection";
    private static final String KEY = "current";

    public static Selection of(SubscriptionOptions options) {
        return new Selection(options.stream().orElse(null), options.filter());
    }

    /** Loads the selection with which the subscription of this name began. */
    public static Optional<Selection> load(CheckpointStore checkpoints, String name) {
        try {
            return checkpoints.records(name, KIND, "", 1).stream().findFirst().map(kept -> read(kept.fields()));
        } catch (RuntimeException e) {
            throw StoredValues.damaged("the filter of subscription '" + name + "'", e);
        }
    }

    static Selection read(Metadata fields) {
        return new Selection(
                fields.get("stream").map(StreamId::of).orElse(null),
                new LogFilter(
                        names(fields, "category"),
                        names(fields, "type"),
                        fields.get("streamPrefix").orElse("")));
    }

    /** Reads names. Each has a field of its own, because the names in a filter may contain any character. */
    private static Set<String> names(Metadata fields, String key) {
        return fields.entries().entrySet().stream()
                .filter(field -> field.getKey().startsWith(key + " "))
                .map(Map.Entry::getValue)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Refuses a selection that is too large to be stored with the checkpoint. */
    public void checkSize() {
        int bytes = fields().size();
        if (bytes > SubscriptionRecord.MAX_BYTES) {
            throw new InvalidRequest(
                    "the filter of a durable subscription has %s bytes, and at most %s can be stored with its checkpoint: name fewer categories or types, or filter in the handler"
                            .formatted(bytes, SubscriptionRecord.MAX_BYTES));
        }
    }

    public RecordChange toChange() {
        return RecordChange.put(KIND, KEY, fields());
    }

    private Metadata fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("of", stream == null ? "log" : "stream");
        if (stream != null) {
            fields.put("stream", stream.value());
        }
        put(fields, "category", filter.categories());
        put(fields, "type", filter.types());
        if (!filter.streamPrefix().isEmpty()) {
            fields.put("streamPrefix", filter.streamPrefix());
        }
        return Metadata.of(fields);
    }

    private static void put(Map<String, String> fields, String key, Set<String> names) {
        int number = 0;
        for (String name : new TreeSet<>(names)) {
            number++;
            fields.put(key + " " + number, name);
        }
    }

    public void checkSame(Selection kept) {
        if (!equals(kept)) {
            throw new InvalidRequest(
                    "the checkpoint belongs to a subscription to %s, and this one is to %s: events before the checkpoint would be skipped. Use another name, or reset the subscription"
                            .formatted(kept.words(), words()));
        }
    }

    public EventSource source(EventStore store) {
        return stream == null ? new LogSource(store, filter) : new StreamSource(store, stream, filter);
    }

    /** Describes the selection in messages. */
    public String words() {
        List<String> words = new ArrayList<>();
        if (stream != null) {
            words.add("stream " + stream);
        }
        if (!filter.categories().isEmpty()) {
            words.add(list(filter.categories(), "category ", "categories "));
        }
        if (!filter.streamPrefix().isEmpty()) {
            words.add("streams that begin with " + filter.streamPrefix());
        }
        if (words.isEmpty()) {
            words.add("all");
        }
        if (!filter.types().isEmpty()) {
            words.add(list(filter.types(), "type ", "types "));
        }
        return String.join(", ", words);
    }

    private static String list(Set<String> names, String one, String many) {
        return (names.size() == 1 ? one : many) + new TreeSet<>(names).stream().collect(Collectors.joining(", "));
    }
}
