package io.headwater.tck.process;

import io.headwater.ContentType;
import io.headwater.Metadata;
import io.headwater.Payload;
import io.headwater.Position;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the arguments and answers of a store's calls are written in messages, and read: each with its type. */
final class Values {
    private enum Type {
        NULL,
        BOOLEAN,
        INTEGER,
        LONG,
        TEXT,
        ENUM,
        UUID,
        INSTANT,
        DURATION,
        POSITION,
        PAYLOAD,
        METADATA,
        OPTIONAL,
        OPTIONAL_LONG,
        LIST,
        SET,
        MAP,
        RECORD
    }

    private Values() {}

    static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value == null) {
            writeType(out, Type.NULL);
        } else if (value instanceof Collection<?> || value instanceof Map<?, ?> || value instanceof Optional<?>) {
            writeContainer(out, value);
        } else if (value instanceof Record record) {
            writeRecord(out, record);
        } else {
            writeSimple(out, value);
        }
    }

    private static void writeType(DataOutputStream out, Type type) throws IOException {
        out.writeUTF(type.name());
    }

    private static void writeContainer(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writeType(out, Type.MAP);
            writeAll(out, map.keySet());
            writeAll(out, map.values());
        } else if (value instanceof Optional<?> optional) {
            writeType(out, Type.OPTIONAL);
            write(out, optional.orElse(null));
        } else {
            writeType(out, value instanceof Set<?> ? Type.SET : Type.LIST);
            writeAll(out, (Collection<?>) value);
        }
    }

    private static void writeAll(DataOutputStream out, Collection<?> all) throws IOException {
        out.writeInt(all.size());
        for (Object one : all) {
            write(out, one);
        }
    }

    private static void writeRecord(DataOutputStream out, Record record) throws IOException {
        writeType(out, Type.RECORD);
        out.writeUTF(record.getClass().getName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                write(out, component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IOException(e);
            }
        }
    }

    private static void writeSimple(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Boolean flag) {
            writeType(out, Type.BOOLEAN);
            out.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            writeType(out, Type.INTEGER);
            out.writeInt(number);
        } else if (value instanceof Long number) {
            writeType(out, Type.LONG);
            out.writeLong(number);
        } else if (value instanceof Enum<?> constant) {
            writeType(out, Type.ENUM);
            out.writeUTF(constant.getDeclaringClass().getName());
            out.writeUTF(constant.name());
        } else {
            writeText(out, value);
        }
    }

    private static void writeText(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Payload payload) {
            writeType(out, Type.PAYLOAD);
            out.writeUTF(payload.contentType().name());
            Wire.write(out, payload.bytes());
        } else if (value instanceof Metadata metadata) {
            writeType(out, Type.METADATA);
            Wire.write(out, metadata.encoded());
        } else if (value instanceof OptionalLong optional) {
            writeType(out, Type.OPTIONAL_LONG);
            write(out, optional.isPresent() ? (Long) optional.getAsLong() : null);
        } else {
            writeType(out, textual(value));
            Wire.write(out, value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Type textual(Object value) throws IOException {
        if (value instanceof String) {
            return Type.TEXT;
        }
        if (value instanceof UUID) {
            return Type.UUID;
        }
        if (value instanceof Instant) {
            return Type.INSTANT;
        }
        if (value instanceof Duration) {
            return Type.DURATION;
        }
        if (value instanceof Position) {
            return Type.POSITION;
        }
        throw new IOException("values of " + value.getClass() + " are not sent to another process");
    }

    static @Nullable Object read(DataInputStream in) throws IOException {
        Type type = Type.valueOf(in.readUTF());
        return switch (type) {
            case NULL -> null;
            case BOOLEAN -> in.readBoolean();
            case INTEGER -> in.readInt();
            case LONG -> in.readLong();
            case ENUM -> readConstant(in);
            case PAYLOAD -> readPayload(in);
            case METADATA -> Metadata.decoded(Wire.readBytes(in));
            case OPTIONAL -> Optional.ofNullable(read(in));
            case OPTIONAL_LONG -> read(in) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
            case LIST -> readAll(in);
            case SET -> new LinkedHashSet<>(readAll(in));
            case MAP -> readMap(in);
            case RECORD -> readRecord(in);
            case TEXT, UUID, INSTANT, DURATION, POSITION ->
                parsed(type, new String(Wire.readBytes(in), StandardCharsets.UTF_8));
        };
    }

    private static Object parsed(Type type, String text) {
        return switch (type) {
            case UUID -> UUID.fromString(text);
            case INSTANT -> Instant.parse(text);
            case DURATION -> Duration.parse(text);
            case POSITION -> Position.parse(text);
            default -> text;
        };
    }

    private static Payload readPayload(DataInputStream in) throws IOException {
        ContentType contentType = ContentType.valueOf(in.readUTF());
        return Payload.of(Wire.readBytes(in), contentType);
    }

    private static List<@Nullable Object> readAll(DataInputStream in) throws IOException {
        List<@Nullable Object> all = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            all.add(read(in));
        }
        return all;
    }

    private static Map<@Nullable Object, @Nullable Object> readMap(DataInputStream in) throws IOException {
        List<@Nullable Object> keys = readAll(in);
        List<@Nullable Object> values = readAll(in);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    private static Object readConstant(DataInputStream in) throws IOException {
        Class<?> type = named(in.readUTF());
        String name = in.readUTF();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IOException(type + " has no constant " + name);
    }

    private static Object readRecord(DataInputStream in) throws IOException {
        Class<?> type = named(in.readUTF());
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = read(in);
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }

    private static Class<?> named(String name) throws IOException {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
