package io.headwater.tck.catalogue.support;

import static io.headwater.ExpectedVersion.any;

import io.headwater.EventData;
import io.headwater.Payload;
import io.headwater.StreamId;
import io.headwater.tck.rule.RuleContext;
import java.util.List;
import java.util.stream.IntStream;

/** Thousands of events. */
public final class Many {
    private static final int BATCH = 1_000;

    private Many() {}

    /** As small as events get, so that their number is reached before their bytes. */
    public static List<EventData> small(RuleContext rule, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> EventData.of("E", Payload.json("1")).withId(rule.id()))
                .toList();
    }

    /** Appends this many to a stream, in as few appends as the store takes. */
    public static void append(RuleContext rule, StreamId stream, int count) {
        int batch = Math.min(BATCH, rule.store().capabilities().limits().maxEventsPerAppend());
        for (int done = 0; done < count; done += batch) {
            rule.store().append(stream, any(), small(rule, Math.min(batch, count - done)));
        }
    }
}
