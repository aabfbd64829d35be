package io.headwater.memory;

import io.headwater.EventStoreConfig;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.headwater.tck.rule.Need;

class MemoryTckTest extends EventStoreTck {

    @Override
    protected Tck tck() {
        return Tck.of(StoreControl.of(EventStoreConfig.of("memory:tck"), () -> MemoryState.keep("tck")))
                .without(Need.RESTART, "the storage ends with its last store")
                .without(Need.SECOND_PROCESS, "the storage ends with its process");
    }
}
