package io.headwater.dynamodb;

import io.headwater.StoreVerifier;
import java.util.function.Consumer;

/** Compares counter, slots, HEADs, events and catalog with each other, from one scan of the table. Keeps a note of each append. */
final class DynamoVerifier implements StoreVerifier {
    private static final String ATTRIBUTES =
            "#pk, #sk, #counter, #version, #first, #ticket, #state, #scavenged, #position,"
                    + " #what, #appends, #retries";

    private final Table table;
    private final Keys keys;

    DynamoVerifier(Table table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    @Override
    public Summary verify(Consumer<Problem> problems) {
        StoredParts parts = new StoredParts(keys, problems);
        new StoreScan(table, keys, ATTRIBUTES).forEachPage(page -> page.forEach(parts::add));
        return parts.compare();
    }
}
