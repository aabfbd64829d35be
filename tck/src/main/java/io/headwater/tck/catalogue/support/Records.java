package io.headwater.tck.catalogue.support;

import io.headwater.Metadata;
import io.headwater.spi.CheckpointStore;
import io.headwater.spi.CheckpointStore.Lease;
import io.headwater.spi.CheckpointStore.SaveResult;
import io.headwater.spi.RecordChange;
import io.headwater.spi.SubscriptionRecord;
import io.headwater.tck.rule.Expect;
import io.headwater.tck.rule.RuleContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Records that hold a text each. */
public final class Records {
    public static final String NOTE = "note";
    private static final String TEXT = "text";

    private Records() {}

    public static RecordChange note(String key, String text) {
        return RecordChange.put(NOTE, key, Metadata.of(Map.of(TEXT, text)));
    }

    public static void savesWith(
            SaveResult expected, RuleContext rule, Lease lease, int position, RecordChange... changes) {
        SaveResult result = rule.checkpoints().save(lease, 0, RuleLeases.at(rule, position), List.of(changes));
        Expect.equal(
                "save of position number %s with %s changes".formatted(position, changes.length), expected, result);
    }

    /** The texts of all records, by key. */
    public static Map<String, String> notes(CheckpointStore store, String subscription) {
        return store.records(subscription, NOTE, "", 100).stream()
                .collect(Collectors.toMap(
                        SubscriptionRecord::key,
                        record -> record.fields().get(TEXT).orElse("")));
    }

    public static List<String> keys(List<SubscriptionRecord> records) {
        return records.stream().map(SubscriptionRecord::key).toList();
    }
}
