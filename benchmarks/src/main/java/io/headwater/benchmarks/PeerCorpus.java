package io.headwater.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * The events that are read from Headwater and its peers: streams of 100 events, appended ten at a time in random order,
 * with the expected result of each read.
 *
 * @param streams the expected result of reading each stream
 * @param log the expected result of reading the log
 */
record PeerCorpus(List<Tally> streams, Tally log) {
    static final int LENGTH = 100;
    private static final int BATCH = 10;

    /**
     * Fills a store.
     *
     * @param size the size of an event's data, as it is read
     */
    static PeerCorpus fill(PeerStore store, int events, ToIntFunction<SampleEvent> size) throws Exception {
        List<Stream> streams = new ArrayList<>();
        List<Stream> appends = new ArrayList<>();
        for (int number = 0; number < Math.max(1, events / LENGTH); number++) {
            Stream stream = new Stream(store.writer(number));
            streams.add(stream);
            appends.addAll(Collections.nCopies(LENGTH / BATCH, stream));
        }
        Collections.shuffle(appends, new Random(Settings.SEED));
        SampleEvents samples = new SampleEvents(Settings.SEED);
        Tally.Counter log = new Tally.Counter();
        for (Stream stream : appends) {
            stream.append(samples.next(BATCH), size, log);
        }
        return new PeerCorpus(
                streams.stream().map(stream -> stream.tally.tally()).toList(), log.tally());
    }

    private static final class Stream {
        private final Appender appender;
        private final Tally.Counter tally = new Tally.Counter();
        private int version;

        Stream(Appender appender) {
            this.appender = appender;
        }

        void append(List<SampleEvent> events, ToIntFunction<SampleEvent> size, Tally.Counter log) throws Exception {
            appender.append(events);
            for (SampleEvent event : events) {
                version++;
                tally.add(version, 0, size.applyAsInt(event));
                log.add(version, 0, size.applyAsInt(event));
            }
        }
    }

    /** Reads whole streams in random order, and checks each. */
    Work streamReads(PeerStore store) {
        SplittableRandom random = new SplittableRandom(Settings.SEED);
        return () -> {
            int number = random.nextInt(streams.size());
            return checked(store.stream(number), streams.get(number));
        };
    }

    /** Reads the whole log and checks it. */
    Work logReads(PeerStore store) {
        return () -> checked(store.log(), log);
    }

    private static int checked(Tally read, Tally expected) {
        if (!read.isLike(expected)) {
            throw new IllegalStateException("read " + read + " where there is " + expected);
        }
        return read.events();
    }
}
