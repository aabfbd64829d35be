package io.headwater.benchmarks;

import io.headwater.EventStore;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The events that are read: a third of them each in streams of 10, 100 and 1000 events, appended ten at a time in
 * random order, so that the streams are interleaved in the log as in a real one.
 *
 * @param streams the names of the streams by their length
 */
record Corpus(Map<Integer, List<String>> streams) {
    static final List<Integer> LENGTHS = List.of(10, 100, 1000);
    private static final int BATCH = 10;

    static Corpus fill(EventStore store, int events) {
        Map<Integer, List<String>> streams = new LinkedHashMap<>();
        List<String> appends = new ArrayList<>();
        for (int length : LENGTHS) {
            List<String> names = names(length, events);
            streams.put(length, names);
            names.forEach(name -> appends.addAll(Collections.nCopies(length / BATCH, name)));
        }
        Collections.shuffle(appends, new Random(Settings.SEED));
        append(store, appends);
        return new Corpus(streams);
    }

    private static List<String> names(int length, int events) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < Math.max(1, events / LENGTHS.size() / length); i++) {
            names.add(category(length) + "-" + i);
        }
        return names;
    }

    /** The names of the streams of this length. */
    List<String> streamsOf(int length) {
        return streams.getOrDefault(length, List.of());
    }

    /** The category of the streams of this length. */
    static String category(int length) {
        return "of" + length;
    }

    private static void append(EventStore store, List<String> appends) {
        SampleEvents events = new SampleEvents(Settings.SEED);
        Map<String, Long> versions = new HashMap<>();
        for (String name : appends) {
            long version = versions.getOrDefault(name, 0L);
            versions.put(name, HeadwaterVariant.append(store, StreamId.of(name), version, events.next(BATCH)));
        }
    }
}
