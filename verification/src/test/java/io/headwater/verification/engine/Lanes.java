package io.headwater.verification.engine;

import io.headwater.StreamId;
import java.util.stream.Stream;

/** Over which lanes the engine spreads streams. */
final class Lanes {
    private Lanes() {}

    /** A stream that is handled in the other one of two lanes than this one. */
    static String streamBeside(String held) {
        return streamsBeside(held).findFirst().orElseThrow();
    }

    /** As many such streams as are asked for. */
    static Stream<String> streamsBeside(String held) {
        return Stream.iterate(0, i -> i + 1).map(i -> "other-" + i).filter(other -> lane(other, 2) != lane(held, 2));
    }

    static int lane(String stream, int lanes) {
        int hash = StreamId.of(stream).hashCode() * 0x9E3779B1;
        return Math.floorMod(hash ^ (hash >>> 16), lanes);
    }
}
