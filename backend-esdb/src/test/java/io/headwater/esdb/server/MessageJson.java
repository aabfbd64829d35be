package io.headwater.esdb.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.kurrent.dbclient.proto.shared.Shared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages in the form of the transcripts, and back. Symbols stand for values on the way to a message alone. */
final class MessageJson {
    private static final String UTF8 = "utf8:";

    private MessageJson() {}

    static Message message(Message.Builder builder, Object json, Symbols symbols) {
        ((Map<?, ?>) json).forEach((name, value) -> set(builder, field(builder, (String) name), value, symbols));
        return builder.build();
    }

    private static FieldDescriptor field(Message.Builder builder, String name) {
        return builder.getDescriptorForType().getFields().stream()
                .filter(field -> field.getJsonName().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static void set(Message.Builder builder, FieldDescriptor field, Object json, Symbols symbols) {
        if (field.isMapField()) {
            ((Map<?, ?>) json)
                    .forEach((key, value) -> builder.addRepeatedField(field, entry(builder, field, key, value)));
        } else if (field.isRepeated()) {
            ((List<?>) json).forEach(value -> builder.addRepeatedField(field, value(builder, field, value, symbols)));
        } else {
            builder.setField(field, value(builder, field, json, symbols));
        }
    }

    private static Message entry(Message.Builder builder, FieldDescriptor field, Object key, Object value) {
        Message.Builder entry = builder.newBuilderForField(field);
        return entry.setField(entry.getDescriptorForType().findFieldByName("key"), key)
                .setField(entry.getDescriptorForType().findFieldByName("value"), value)
                .build();
    }

    private static Object value(Message.Builder builder, FieldDescriptor field, Object json, Symbols symbols) {
        return switch (field.getJavaType()) {
            case MESSAGE -> inner(builder.newBuilderForField(field), json, symbols);
            case BYTE_STRING -> ByteString.copyFromUtf8(symbols.text(((String) json).substring(UTF8.length())));
            case STRING -> symbols.text((String) json);
            case LONG -> symbols.number(json);
            case INT -> ((Long) json).intValue();
            case ENUM -> field.getEnumType().findValueByName((String) json);
            default -> json;
        };
    }

    private static Message inner(Message.Builder builder, Object json, Symbols symbols) {
        if (builder instanceof Shared.StreamIdentifier.Builder stream && json instanceof String name) {
            return stream.setStreamName(ByteString.copyFromUtf8(symbols.text(name)))
                    .build();
        }
        if (builder instanceof Shared.UUID.Builder) {
            return Ids.structured(symbols.id((String) ((Map<?, ?>) json).get("structured")));
        }
        return message(builder, json, symbols);
    }

    static Object json(Message message) {
        if (message instanceof Shared.StreamIdentifier stream) {
            return stream.getStreamName().toStringUtf8();
        }
        if (message instanceof Shared.UUID.Structured id) {
            return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()).toString();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        message.getAllFields().forEach((field, value) -> json.put(field.getJsonName(), json(field, value)));
        return json;
    }

    private static Object json(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            Map<String, Object> map = new LinkedHashMap<>();
            ((List<?>) value).forEach(entry -> put(map, (Message) entry));
            return map;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(element -> all.add(single(element)));
            return all;
        }
        return single(value);
    }

    private static void put(Map<String, Object> map, Message entry) {
        map.put(
                (String) entry.getField(entry.getDescriptorForType().findFieldByName("key")),
                entry.getField(entry.getDescriptorForType().findFieldByName("value")));
    }

    private static Object single(Object value) {
        if (value instanceof Message message) {
            return json(message);
        }
        if (value instanceof ByteString bytes) {
            return UTF8 + bytes.toStringUtf8();
        }
        return value instanceof EnumValueDescriptor constant ? constant.getName() : value;
    }
}
