package io.headwater.jackson;

import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Reads types that are written as text, such as a URI, from text only; Jackson would also read the digits of a number.
 * Refuses names for which Java returns a default: GMT for an unknown time zone, an empty locale for a malformed one.
 */
final class TextReader extends DelegatingDeserializer {
    TextReader(ValueDeserializer<?> reader) {
        super(reader);
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
        return new TextReader(reader);
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return context.handleUnexpectedToken(handledType(), json);
        }
        String text = json.getString();
        Object value = super.deserialize(json, context);
        return isReplaced(text, value) ? context.handleWeirdStringValue(handledType(), text, "unknown") : value;
    }

    static boolean isReplaced(String name, @Nullable Object value) {
        if (value instanceof TimeZone zone) {
            return !name.equals(zone.getID());
        }
        return value instanceof Locale locale
                && !name.equals(locale.toLanguageTag())
                && !name.equals(locale.toString());
    }
}
