package io.headwater.memory;

import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.headwater.tck.rule.Need;

/** That the rules hold where other appends go on beside held ones, and positions are given that come to nothing. */
class HoldingBackendTckTest extends EventStoreTck {
    private static EventStore open() {
        return EventStores.over("holding", HoldingBackend.open("holding"));
    }

    @Override
    protected Tck tck() {
        return Tck.of(HoldingBackendTckTest::open)
                .without(Need.RESTART, "the storage ends with its last store")
                .without(Need.SECOND_PROCESS, "the storage ends with its process")
                .without(Need.CONFIGURATION, "it is opened in code")
                .only("held appends", "held appends: readers", "held appends: subscriptions", "visibility", "log");
    }
}
