package io.headwater.dynamodb;

import io.headwater.EventStore;
import io.headwater.StoreUrl;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An open store with a client of its own, and what lies between the two. */
record TestStore(EventStore store, DynamoDbClient client) implements AutoCloseable {

    /** The store of this URL. */
    static TestStore open(String url, Interposed.Between... between) {
        StoreAddress address = StoreAddress.of(StoreUrl.parse(url));
        DynamoDbClient client = Interposed.client(DynamoClients.client(DynamoFixture.context(url)), List.of(between));
        boolean opened = false;
        try {
            EventStore store = DynamoStore.on(client, address.table())
                    .store(address.keys().store())
                    .protect(false)
                    .open();
            opened = true;
            return new TestStore(store, client);
        } finally {
            if (!opened) {
                client.close();
            }
        }
    }

    @Override
    public void close() {
        store.close();
        client.close();
    }
}
