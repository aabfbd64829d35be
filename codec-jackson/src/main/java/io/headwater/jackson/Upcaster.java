package io.headwater.jackson;

import java.util.List;

/**
 * Converts an old event to its current form. Registered for one event type with {@link EventTypes.Builder#upcast},
 * called whenever an event of that type is decoded, and followed by the upcasters of the types that it returns.
 *
 * <p>MUST return the same for the same event, and MAY be called by several threads at once. A failure is reported as an
 * {@link UndecodableEvent}.
 */
@FunctionalInterface
public interface Upcaster {

    /** Returns the current form of the event: several events if it is split, none if it has no meaning any more. */
    List<RawEvent> upcast(RawEvent event);
}
