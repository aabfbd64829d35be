package io.headwater.jackson;

import io.headwater.ContentType;
import io.headwater.Payload;
import io.headwater.RecordedEvent;
import io.headwater.jackson.UndecodableEvent.Problem;
import io.headwater.jackson.UndecodableEvent.Reason;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bytes to trees, trees to values, values to bytes. Every event passes through a tree, whether it is upcast or not: one way
 * that fails in one manner is worth the time it takes.
 */
final class Json {
    private final JsonMapper mapper;
    private final ObjectReader trees;
    private final Map<Class<?>, ObjectReader> values;

    Json(JsonMapper mapper, Set<Class<?>> types) {
        this.mapper = mapper;
        // Whatever the mapper is set to: a tree in between must not make a double of a decimal.
        this.trees = mapper.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
        this.values = types.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), mapper::readerFor));
    }

    JsonNode tree(RecordedEvent event) {
        if (event.data().contentType() != ContentType.JSON) {
            String text = "its data is binary, and only JSON is decoded here; read it with RecordedEvent.data()";
            throw new UndecodableEvent(event, Problem.of(Reason.BINARY, text));
        }
        try {
            return checkPresent(event, trees.readTree(event.data().bytes()));
        } catch (JacksonException e) {
            throw new UndecodableEvent(event, JsonProblems.broken(e));
        }
    }

    private static JsonNode checkPresent(RecordedEvent event, JsonNode tree) {
        if (tree.isMissingNode()) {
            throw new UndecodableEvent(event, Problem.of(Reason.BROKEN_JSON, "it has no data; look at what wrote it"));
        }
        return tree;
    }

    Object value(RawEvent event, Class<?> type) {
        Object value = read(event, type);
        if (value == null) {
            String text = "its data is null, which is no " + type.getSimpleName() + "; add an upcaster";
            throw new UndecodableEvent(event.recorded(), new Problem(Reason.MISFIT, text, "$", null));
        }
        return value;
    }

    /** Also what is not of Jackson: a mapper may be told not to wrap what constructors throw. */
    private @Nullable Object read(RawEvent event, Class<?> type) {
        try {
            return Objects.requireNonNull(values.get(type)).readValue(event.json());
        } catch (RuntimeException e) {
            throw new UndecodableEvent(event.recorded(), JsonProblems.misfit(e, event, type));
        }
    }

    Payload payload(Object event) {
        try {
            return Payload.of(mapper.writeValueAsBytes(event), ContentType.JSON);
        } catch (RuntimeException e) {
            throw JsonProblems.unwritable(e, event.getClass());
        }
    }
}
