package io.headwater.jackson;

import java.nio.file.Path;
import java.time.Month;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Reads times, some numbers and types with a text form only from the JSON that they are written as. Jackson has no
 * setting for these: it reads a number as seconds or milliseconds, depending on the type.
 */
final class StrictScalars extends SimpleModule {
    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> NUMBERS =
            Set.of(double.class, Double.class, float.class, Float.class, byte.class, Byte.class);

    StrictScalars() {
        super("headwater-strict-scalars");
        setDeserializerModifier(new Modifier());
        // Jackson writes every other enum by its name.
        addSerializer(Month.class, ToStringSerializer.instance);
    }

    private static final class Modifier extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> reader) {
            return strict(bean.getBeanClass(), reader);
        }

        @Override
        public ValueDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription.Supplier bean,
                ValueDeserializer<?> reader) {
            return strict(type.getRawClass(), reader);
        }

        @Override
        public KeyDeserializer modifyKeyDeserializer(
                DeserializationConfig config, JavaType type, KeyDeserializer reader) {
            return new KeyReader(type.getRawClass(), reader);
        }

        private static ValueDeserializer<?> strict(Class<?> type, ValueDeserializer<?> reader) {
            if (isTime(type)) {
                return new TimeReader(type, reader);
            }
            if (NUMBERS.contains(type)) {
                return new NumberReader(reader);
            }
            return isText(type, reader) ? new TextReader(reader) : reader;
        }

        private static boolean isText(Class<?> type, ValueDeserializer<?> reader) {
            return type == Path.class
                    || (reader instanceof FromStringDeserializer
                            && type.getName().startsWith("java."));
        }

        private static boolean isTime(Class<?> type) {
            return type.getName().startsWith("java.time.")
                    || Date.class.isAssignableFrom(type)
                    || Calendar.class.isAssignableFrom(type);
        }
    }
}
