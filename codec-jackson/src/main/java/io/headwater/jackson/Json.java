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
 * Converts bytes to trees, trees to values, and values to bytes. Every event is read as a tree, whether it is upcast or
 * not: a single path with uniform errors is worth the time.
 */
final class Json {
    private final JsonMapper mapper;
    private final ObjectReader trees;
    private final Map<Class<?>, ObjectReader> values;

    Json(JsonMapper mapper, Set<Class<?>> types) {
        this.mapper = mapper;
        // Independent of the mapper's configuration: the intermediate tree must not convert a decimal to a double.
        this.trees = mapper.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .with(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
        this.values = types.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), mapper::readerFor));
    }

    JsonNode tree(RecordedEvent event) {
        if (event.data().contentType() != ContentType.JSON) {
            String text = "its data is binary, but only JSON can be decoded; read it with RecordedEvent.data()";
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
            throw new UndecodableEvent(
                    event, Problem.of(Reason.BROKEN_JSON, "it has no data; correct the program that appended it"));
        }
        return tree;
    }

    Object value(RawEvent event, Class<?> type) {
        Object value = read(event, type);
        if (value == null) {
            String text = "its data is null, which is not a " + type.getSimpleName() + "; add an upcaster";
            throw new UndecodableEvent(event.recorded(), new Problem(Reason.MISFIT, text, "$", null));
        }
        return value;
    }

    /** Also exceptions that are not Jackson's: a mapper may be configured not to wrap what constructors throw. */
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
