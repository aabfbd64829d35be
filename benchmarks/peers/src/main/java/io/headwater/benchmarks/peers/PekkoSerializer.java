package io.headwater.benchmarks.peers;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Bytes unchanged, under the type of the event: id, length of the metadata, metadata, data. */
final class PekkoSerializer extends SerializerWithStringManifest {
    private static final int HEAD = 2 * Long.BYTES + Integer.BYTES;

    /** An event of a persistent actor. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fact(UUID id, String type, byte[] data, byte[] metadata) {}

    @Override
    public int identifier() {
        return 20_260_101;
    }

    @Override
    public String manifest(Object object) {
        return ((Fact) object).type();
    }

    @Override
    public byte[] toBinary(Object object) {
        Fact fact = (Fact) object;
        return ByteBuffer.allocate(HEAD + fact.metadata().length + fact.data().length)
                .putLong(fact.id().getMostSignificantBits())
                .putLong(fact.id().getLeastSignificantBits())
                .putInt(fact.metadata().length)
                .put(fact.metadata())
                .put(fact.data())
                .array();
    }

    @Override
    public Object fromBinary(byte[] bytes, String type) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        UUID id = new UUID(buffer.getLong(), buffer.getLong());
        byte[] metadata = new byte[buffer.getInt()];
        buffer.get(metadata);
        byte[] data = new byte[buffer.remaining()];
        buffer.get(data);
        return new Fact(id, type, data, metadata);
    }
}
