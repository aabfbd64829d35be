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
 * Reads from text what is written as text, such as a URI, where Jackson would read the digits of a number as well. Refuses
 * the names for which Java has a default instead: GMT for an unknown time zone, no locale at all for a malformed one.
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
