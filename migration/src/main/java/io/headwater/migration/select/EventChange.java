package io.headwater.migration.select;

import io.headwater.EventData;
import io.headwater.StreamId;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A change that is made in events, or in the ids of streams. Immutable; {@link Changes} makes them. */
public final class EventChange {
    private final String text;
    private final UnaryOperator<StreamId> rename;
    private final UnaryOperator<StreamId> original;
    private final UnaryOperator<EventData> edit;
    private final Set<String> types;
    private final boolean renamesStreams;

    private EventChange(
            String text,
            boolean renamesStreams,
            UnaryOperator<StreamId> rename,
            UnaryOperator<StreamId> original,
            UnaryOperator<EventData> edit,
            Set<String> types) {
        this.text = text;
        this.renamesStreams = renamesStreams;
        this.rename = rename;
        this.original = original;
        this.edit = edit;
        this.types = Set.copyOf(types);
    }

    /** A change of ids: the second function undoes the first. */
    static EventChange ofStreams(String text, UnaryOperator<StreamId> rename, UnaryOperator<StreamId> original) {
        return new EventChange(text, true, rename, original, UnaryOperator.identity(), Set.of());
    }

    /** A change of events. */
    static EventChange ofEvents(String text, UnaryOperator<EventData> edit) {
        return new EventChange(text, false, UnaryOperator.identity(), UnaryOperator.identity(), edit, Set.of());
    }

    /** The same change, in events of these types only; a change of ids applies to all. */
    public EventChange of(String... eventTypes) {
        return new EventChange(text, renamesStreams, rename, original, edit, Set.of(eventTypes));
    }

    boolean renamesStreams() {
        return renamesStreams;
    }

    StreamId rename(StreamId stream) {
        return rename.apply(stream);
    }

    StreamId original(StreamId renamed) {
        return original.apply(renamed);
    }

    EventData edit(EventData event) {
        return types.isEmpty() || types.contains(event.type()) ? edit.apply(event) : event;
    }

    String fingerprint() {
        return types.isEmpty() ? text : text + " of " + new TreeSet<>(types);
    }
}
