package io.headwater.tck.fuzz;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** The random choices of a script. The same seed gives the same script. */
final class Chance {
    private final Random random;

    /** Mixes the seed, so that consecutive seeds give different scripts. */
    Chance(long seed) {
        random = new Random(new SplittableRandom(seed).nextLong());
    }

    /** Returns a number from 0 to this bound, exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns true with this probability, in percent. */
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
