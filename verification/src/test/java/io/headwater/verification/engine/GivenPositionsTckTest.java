package io.headwater.verification.engine;

import io.headwater.EventStoreConfig;
import io.headwater.memory.MemoryState;
import io.headwater.tck.Profile;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.headwater.tck.rule.Need;

/** That neither the engine nor any rule hands a store a position which the store never gave. */
class GivenPositionsTckTest extends EventStoreTck {

    @Override
    protected Tck tck() {
        return Tck.of(StoreControl.of(EventStoreConfig.of("given:given"), () -> MemoryState.keep("given")))
                .profile(Profile.QUICK)
                .without(Need.RESTART, "the storage ends with its last store")
                .without(Need.SECOND_PROCESS, "the storage ends with its process");
    }
}
