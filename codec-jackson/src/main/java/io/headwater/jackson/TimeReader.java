package io.headwater.jackson;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * Reads a time from text that has the precision of the type: a number has no unit, and a date-time that is read as a
 * date loses its time. Only a year is a number. If an annotation requests another shape or a pattern, or the mapper
 * writes times as numbers, Jackson's own rules apply.
 */
final class TimeReader extends DelegatingDeserializer {
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?[0-9]+(\\.[0-9]*)?\\s*");

    private final Class<?> type;

    TimeReader(Class<?> type, ValueDeserializer<?> reader) {
        super(reader);
        this.type = type;
    }

    @Override
    protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
        return new TimeReader(type, reader);
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        ValueDeserializer<?> strict = super.createContextual(context, property);
        JsonFormat.Value format = findFormatOverrides(context, property, type);
        boolean special =
                format.hasPattern() || format.getShape() != JsonFormat.Shape.ANY || context.isEnabled(numbers());
        return special && strict instanceof TimeReader reader ? reader.getDelegatee() : strict;
    }

    private DateTimeFeature numbers() {
        return type == Duration.class
                ? DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS
                : DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS;
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) {
        boolean year = type == Year.class;
        if (!json.hasToken(year ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_STRING)) {
            return context.handleUnexpectedToken(context.constructType(type), json);
        }
        return year ? super.deserialize(json, context) : fromText(json, context);
    }

    private @Nullable Object fromText(JsonParser json, DeserializationContext context) {
        String text = json.getString();
        if (text.isBlank() || isNumber(text) || holdsMore(text)) {
            return context.handleWeirdStringValue(type, text, "not the text form of this type");
        }
        return super.deserialize(json, context);
    }

    /** A number in text has no unit either. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private boolean holdsMore(String text) {
        boolean datetime = text.indexOf('T') >= 0;
        boolean onlyOneOfThem = type == LocalDate.class || type == LocalTime.class;
        return (onlyOneOfThem && datetime)
                || (type == LocalDateTime.class && text.strip().endsWith("Z"));
    }
}
