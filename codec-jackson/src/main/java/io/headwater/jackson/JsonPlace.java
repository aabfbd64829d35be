package io.headwater.jackson;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.JsonNode;

/** A location within JSON, as Jackson reports it. */
record JsonPlace(List<Reference> steps) {

    private static final int MAX_STEPS = 30;

    /** The path, such as {@code $.lines[2].price}. Map keys are data, and become {@code [*]}. */
    String path() {
        StringBuilder path = new StringBuilder("$");
        for (Reference step : steps.subList(0, Math.min(steps.size(), MAX_STEPS))) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else if (isMap(step.from())) {
                path.append("[*]");
            } else {
                path.append('.').append(Text.printable(step.getPropertyName()));
            }
        }
        return path.append(steps.size() > MAX_STEPS ? "…" : "").toString();
    }

    private static boolean isMap(Object holder) {
        return holder instanceof Map || (holder instanceof Class<?> type && Map.class.isAssignableFrom(type));
    }

    /** The kind of JSON value at the location: {@code string}, {@code object}, {@code nothing}. */
    String kindIn(JsonNode json) {
        JsonNode node = json;
        for (Reference step : steps) {
            node = step.getPropertyName() == null ? node.path(step.getIndex()) : node.path(step.getPropertyName());
        }
        return node.isMissingNode() ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
