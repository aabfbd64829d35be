package io.headwater.tck.fuzz;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** All that is random in a script: the same seed, the same script. */
final class Chance {
    private final Random random;

    /** Neighbouring seeds lead to different scripts. */
    Chance(long seed) {
        random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** From 0 to this, exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True with this probability, in percent. */
    boolean in100(int times) {
        return random.nextInt(100) < times;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
