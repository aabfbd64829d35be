package io.headwater.jackson;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Refuses a number out of the type's range, for which Jackson would return another one: infinity for 1e400, the byte
 * -56 for 200.
 */
final class NumberReader extends DelegatingDeserializer {
    NumberReader(ValueDeserializer<?> reader) {
        super(reader);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
        return new NumberReader(reader);
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) {
        // Infinities themselves are written as text.
        boolean text = json.hasToken(JsonToken.VALUE_STRING);
        Object value = super.deserialize(json, context);
        return !text && value instanceof Number number && isOther(number, json)
                ? context.handleWeirdNumberValue(number.getClass(), number, "out of range")
                : value;
    }

    private static boolean isOther(Number number, JsonParser json) {
        return number instanceof Byte
                ? json.getIntValue() != number.intValue()
                : !Double.isFinite(number.doubleValue());
    }
}
