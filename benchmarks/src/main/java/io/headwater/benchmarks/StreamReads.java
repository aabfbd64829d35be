package io.headwater.benchmarks;

import java.util.List;
import java.util.SplittableRandom;

/** Reads whole streams in random order. */
final class StreamReads implements Work {
    private final Reader reader;
    private final List<String> names;
    private final int length;
    private final SplittableRandom random = new SplittableRandom(Settings.SEED);

    StreamReads(Reader reader, List<String> names, int length) {
        this.reader = reader;
        this.names = names;
        this.length = length;
    }

    @Override
    public int once() throws Exception {
        Tally tally = reader.stream(names.get(random.nextInt(names.size())));
        if (tally.events() != length) {
            throw new IllegalStateException("a stream of " + length + " events was read as " + tally);
        }
        return length;
    }
}
