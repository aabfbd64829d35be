package io.headwater.jackson;

import java.time.Month;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;

/** Reads map keys in the same way as {@link TimeReader}, {@link NumberReader} and {@link TextReader} read values. */
final class KeyReader extends KeyDeserializer {
    private final Class<?> type;
    private final KeyDeserializer reader;

    KeyReader(Class<?> type, KeyDeserializer reader) {
        this.type = type;
        this.reader = reader;
    }

    @Override
    public @Nullable Object deserializeKey(String key, DeserializationContext context) {
        Object value = reader.deserializeKey(key, context);
        return isOther(key, value) ? context.handleWeirdKey(type, key, "not the text form of this type") : value;
    }

    private static boolean isOther(String key, @Nullable Object value) {
        if (value instanceof Byte number) {
            return Integer.parseInt(key) != number.intValue();
        }
        if (value instanceof Double || value instanceof Float) {
            return Double.isInfinite(((Number) value).doubleValue()) && !key.endsWith("Infinity");
        }
        if (value instanceof Month || value instanceof Date || value instanceof Calendar) {
            return TimeReader.isNumber(key);
        }
        return value instanceof Locale && TextReader.isReplaced(key, value);
    }
}
