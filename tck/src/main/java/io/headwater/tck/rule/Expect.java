package io.headwater.tck.rule;

import io.headwater.EventData;
import io.headwater.RecordedEvent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Expectations of checks. The message of a failure says what was checked, what was expected and what was found. */
public final class Expect {
    /** A check that calls the store. */
    @FunctionalInterface
    public interface Call {
        void run() throws Exception;
    }

    /** Elements of a list that are shown. */
    private static final int SHOWN = 10;

    /** Characters of a value that are shown. */
    private static final int LONGEST = 600;

    private Expect() {}

    /** Fails unless both are equal. The failure of lists shows the first difference. */
    public static void equal(String what, @Nullable Object expected, @Nullable Object actual) {
        if (Objects.equals(expected, actual)) {
            return;
        }
        if (expected instanceof List<?> wanted
                && actual instanceof List<?> there
                && wanted.size() + there.size() > SHOWN) {
            throw new RuleBroken(what + ": " + difference(wanted, there));
        }
        throw new RuleBroken("%s: expected %s, was %s".formatted(what, brief(expected), brief(actual)));
    }

    private static String difference(List<?> expected, List<?> actual) {
        int same = 0;
        while (same < Math.min(expected.size(), actual.size())
                && Objects.equals(expected.get(same), actual.get(same))) {
            same++;
        }
        return "expected %s, was %s; after the first %s expected %s, was %s"
                .formatted(expected.size(), actual.size(), same, from(same, expected), from(same, actual));
    }

    private static String from(int index, List<?> list) {
        int end = Math.min(list.size(), index + SHOWN);
        String shown = brief(list.subList(index, end));
        return end < list.size() ? shown + "…" : shown;
    }

    private static String brief(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /**
     * Fails unless this holds.
     *
     * @param complaint says what is wrong
     */
    public static void that(boolean holds, String complaint) {
        if (!holds) {
            throw new RuleBroken(complaint);
        }
    }

    /** Fails unless the first is smaller. */
    public static <T extends Comparable<T>> void ascending(String what, T smaller, T larger) {
        that(smaller.compareTo(larger) < 0, "%s: expected %s to be before %s".formatted(what, smaller, larger));
    }

    /** Fails unless the call throws this exception, and returns the exception. */
    public static <X extends Throwable> X thrown(Class<X> expected, String what, Call call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            if (expected.isInstance(thrown)) {
                return expected.cast(thrown);
            }
            throw new RuleBroken("%s: expected %s, was %s".formatted(what, expected.getSimpleName(), thrown), thrown);
        }
        throw new RuleBroken("%s: expected %s, and it went through".formatted(what, expected.getSimpleName()));
    }

    /** Fails unless these are the events that were appended, in this order and unchanged (A8). */
    public static void events(String what, List<EventData> expected, List<RecordedEvent> actual) {
        equal(what + ", event ids", ids(expected), recordedIds(actual));
        for (int i = 0; i < expected.size(); i++) {
            event(what + ", event " + (i + 1), expected.get(i), actual.get(i));
        }
    }

    /** Fails unless this is the event that was appended, unchanged (A8). */
    public static void event(String what, EventData expected, RecordedEvent actual) {
        equal(what + ", id", expected.id(), actual.id());
        equal(what + ", type", expected.type(), actual.type());
        equal(what + ", metadata", expected.metadata(), actual.metadata());
        equal(
                what + ", raw metadata",
                hex(expected.metadata().encoded()),
                hex(actual.metadata().encoded()));
        equal(
                what + ", content type",
                expected.data().contentType(),
                actual.data().contentType());
        bytes(what + ", data", expected.data().bytes(), actual.data().bytes());
    }

    /** Fails unless both are the same bytes. The message shows the first difference. */
    public static void bytes(String what, byte[] expected, byte[] actual) {
        int differs = Arrays.mismatch(expected, actual);
        that(
                differs < 0,
                "%s: expected %s bytes, was %s bytes, first difference at byte %s"
                        .formatted(what, expected.length, actual.length, differs));
    }

    /** Fails unless the events have the versions from the first to the last, ascending or descending. */
    public static void versions(String what, long first, long last, List<RecordedEvent> actual) {
        List<Long> expected = first <= last
                ? LongStream.rangeClosed(first, last).boxed().toList()
                : LongStream.iterate(first, version -> version >= last, version -> version - 1)
                        .boxed()
                        .toList();
        equal(what + ", versions", expected, versions(actual));
    }

    /** Fails unless the list is empty. */
    public static void none(String what, List<?> actual) {
        that(actual.isEmpty(), "%s: expected none, was %s".formatted(what, from(0, actual)));
    }

    private static List<Object> ids(List<EventData> events) {
        return events.stream().<Object>map(EventData::id).toList();
    }

    private static List<Object> recordedIds(List<RecordedEvent> events) {
        return events.stream().<Object>map(RecordedEvent::id).toList();
    }

    private static List<Long> versions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::version).toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
