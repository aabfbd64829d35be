package io.headwater.memory;

import io.headwater.tck.Profile;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import io.headwater.tck.rule.Need;
import org.junit.jupiter.api.Tag;

/** The quick profile of the TCK, run under other locales than that of the machine. */
@Tag("locales")
class LocalesTckTest extends EventStoreTck {

    @Override
    protected Tck tck() {
        return Tck.of("memory:locales")
                .profile(Profile.QUICK)
                .without(Need.RESTART, "the storage ends with its last store")
                .without(Need.SECOND_PROCESS, "the storage ends with its process");
    }
}
