package io.headwater.memory;

import io.headwater.tck.Profile;
import io.headwater.tck.Tck;
import java.time.Duration;

/**
 * The rules as PIT runs them, to see what they notice: each once, with the same choices every time, and without much patience.
 * Surefire knows by the name that this is none of its tests.
 */
class MutationTck extends MemoryTckTest {

    @Override
    protected Tck tck() {
        return super.tck()
                .profile(Profile.QUICK)
                .seed(1)
                .deadline(Duration.ofSeconds(5))
                .timeScale(0.5);
    }
}
