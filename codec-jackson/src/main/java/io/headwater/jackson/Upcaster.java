package io.headwater.jackson;

import java.util.List;

/**
 * Reads an old event as what it would be today. Registered for one event type with {@link EventTypes.Builder#upcast}, called
 * whenever an event of that type is decoded, and followed by the upcasters of the types that it gives.
 *
 * <p>Must give the same for the same event, and may be called by several threads at once. A failure becomes an
 * {@link UndecodableEvent}.
 */
@FunctionalInterface
public interface Upcaster {

    /** What the event is today: several if it is split, none if it means nothing any more. */
    List<RawEvent> upcast(RawEvent event);
}
