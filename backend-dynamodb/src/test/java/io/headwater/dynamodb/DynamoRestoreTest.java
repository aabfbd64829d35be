package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.Diagnostics;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.LogQuery;
import io.headwater.StreamId;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.DynamoServer.Image;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table that is restored to an earlier state under an open store. */
class DynamoRestoreTest {
    private static final StreamId STREAM = StreamId.of("order-1");

    private static void append(EventStore store, int times) {
        for (int i = 0; i < times; i++) {
            store.append(STREAM, ExpectedVersion.any(), EventData.json("happened", "{}"));
        }
    }

    private static Map<String, String> facts(EventStore store) {
        return store.facet(Diagnostics.class).orElseThrow().describe();
    }

    @Test
    void the_store_says_that_its_log_went_back_and_goes_on_from_there() {
        try (DynamoServer server = DynamoServer.start();
                EventStore store =
                        EventStores.open(DynamoFixture.url(server.endpoint().toString()))) {
            append(store, 2);
            Image earlier = server.image(DynamoFixture.TABLE);
            append(store, 3);
            assertThat(store.log(LogQuery.all())).hasSize(5);
            assertThat(facts(store)).doesNotContainKey("log went back");

            server.restore(DynamoFixture.TABLE, earlier);

            assertThat(store.head()).isEqualTo(Places.behind(2));
            assertThat(facts(store))
                    .containsEntry("log went back", "from %s to %s".formatted(Places.behind(5), Places.behind(2)));
            append(store, 1);
            assertThat(store.version(STREAM)).isEqualTo(3);
            assertThat(store.log(LogQuery.all())).hasSize(3);
        }
    }
}
