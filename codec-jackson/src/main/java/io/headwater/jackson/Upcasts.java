package io.headwater.jackson;

import io.headwater.InvalidRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All steps from old events to current ones. They have no cycle, which is checked once here, so that following them
 * always ends.
 */
final class Upcasts {
    private final Map<String, Upcast> steps;

    Upcasts(Map<String, Upcast> steps, Set<String> names) {
        this.steps = Map.copyOf(steps);
        for (Upcast step : steps.values()) {
            step.to().forEach(target -> checkTarget(step, target, names));
            checkNoCircle(step.from(), new LinkedHashSet<>());
        }
    }

    private void checkTarget(Upcast step, String target, Set<String> names) {
        boolean known = names.contains(target) || (steps.containsKey(target) && !target.equals(step.from()));
        if (!known) {
            throw new InvalidRequest(
                    "the upcaster of '%s' returns '%s', which nothing reads: add a class or an upcaster for it"
                            .formatted(step.from(), Text.printable(target)));
        }
    }

    private void checkNoCircle(String name, Set<String> above) {
        if (!above.add(name)) {
            throw new InvalidRequest("upcasters form a cycle, %s -> %s: every chain must end in a class"
                    .formatted(String.join(" -> ", above), name));
        }
        next(name).forEach(target -> checkNoCircle(target, above));
        above.remove(name);
    }

    /** The other types that an event of this type is converted to in one step. */
    private Stream<String> next(String name) {
        Upcast step = steps.get(name);
        return step == null ? Stream.empty() : step.to().stream().filter(target -> !target.equals(name));
    }

    /** The current form of the event. */
    List<RawEvent> today(RawEvent event) {
        Upcast step = steps.get(event.type());
        if (step == null) {
            return List.of(event);
        }
        return step.apply(event).stream()
                .flatMap(given -> step.isDone(given) ? Stream.of(given) : today(given).stream())
                .toList();
    }

    /** The final types of an event of this type; none if it is dropped. */
    Stream<String> ends(String name) {
        Upcast step = steps.get(name);
        boolean stays = step == null || step.to().contains(name);
        return Stream.concat(
                stays ? Stream.of(name) : Stream.empty(), next(name).flatMap(this::ends));
    }

    Set<String> sources() {
        return steps.keySet();
    }

    boolean isDropped(String name) {
        return ends(name).findAny().isEmpty();
    }
}
