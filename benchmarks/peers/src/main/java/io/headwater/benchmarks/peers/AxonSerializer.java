package io.headwater.benchmarks.peers;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Payloads are bytes already, as for all other stores; metadata are serialized elsewhere. */
final class AxonSerializer implements Serializer {
    private final Serializer metadata;

    AxonSerializer(Serializer metadata) {
        this.metadata = metadata;
    }

    /**
     * A payload.
     *
     * @param type the event type never compared
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fact(String type, byte[] data) {}

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> expected) {
        return object instanceof Fact fact
                ? new SimpleSerializedObject<>(expected.cast(fact.data()), expected, fact.type(), null)
                : metadata.serialize(object, expected);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expected) {
        return metadata.canSerializeTo(expected);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // of the interface: the caller says what it expects
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        return isMetadata(serialized.getType())
                ? metadata.deserialize(serialized)
                : (T) new Fact(serialized.getType().getName(), (byte[]) serialized.getData());
    }

    private static boolean isMetadata(SerializedType type) {
        return type.getName().equals(MetaData.class.getName());
    }

    @Override
    @SuppressWarnings("rawtypes") // of the interface
    public Class classForType(SerializedType type) {
        return isMetadata(type) ? MetaData.class : Fact.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // of the interface
    public SerializedType typeForClass(@Nullable Class type) {
        return type == null ? SimpleSerializedType.emptyType() : new SimpleSerializedType(type.getName(), null);
    }

    @Override
    public Converter getConverter() {
        return metadata.getConverter();
    }
}
