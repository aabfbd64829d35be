package io.headwater.jackson;

import io.headwater.jackson.UndecodableEvent.Problem;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.util.List;
import java.util.Set;

/**
 * One step from an old event to its current form.
 *
 * @param from the type that the step is for
 * @param to the types that the step may return
 */
record Upcast(String from, Set<String> to, Upcaster upcaster) {

    List<RawEvent> apply(RawEvent event) {
        List<RawEvent> given = call(event);
        for (RawEvent next : given) {
            if (!to.contains(next.type())) {
                String text = "its upcaster of '%s' returned '%s', but is declared to return %s; correct one of them"
                        .formatted(from, Text.printable(next.type()), to);
                throw new UndecodableEvent(event.recorded(), Problem.of(Reason.UPCASTER, text));
            }
        }
        return given;
    }

    private List<RawEvent> call(RawEvent event) {
        try {
            return List.copyOf(upcaster.upcast(event));
        } catch (RuntimeException e) {
            String text = "its upcaster of '%s' failed with %s; correct the upcaster"
                    .formatted(from, e.getClass().getSimpleName());
            throw new UndecodableEvent(
                    event.recorded(), new Problem(Reason.UPCASTER, text, null, new RedactedCause(e)));
        }
    }

    /** Whether this event, which the upcaster returned, is final: its type is unchanged, only its data changed. */
    boolean isDone(RawEvent given) {
        return given.type().equals(from);
    }
}
