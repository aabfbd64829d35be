package io.headwater.dynamodb;

import io.headwater.StreamId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The keys of the items of one store.
 *
 * @param store its name: letters, digits, {@code -} and {@code _} only, so no other part of a key can be taken for it
 */
record Keys(String store) {
    static final String HEAD = "!";
    static final String EMPTIED = "!e/";
    static final String LEASE = "lease";
    static final String CHECKPOINT = "p/";

    /** Each takes 500 new streams a second; all of them, more than a store can write. A listing asks each of them. */
    static final int CATALOG_SHARDS = 16;

    /** Bits of a ticket that lie in the sort key only. */
    static final int BLOCK_BITS = 13;

    private static final int HALF_BYTE = 4;
    private static final int DIGIT = 0xf;

    /** What every partition key of the store begins with. */
    String prefix() {
        return store + '/';
    }

    String stream(StreamId stream) {
        return prefix() + "s/" + stream.value();
    }

    Key head(StreamId stream) {
        return new Key(stream(stream), HEAD);
    }

    /** Versions at which the stream was emptied, up to this one. */
    Key emptied(StreamId stream, long last) {
        return new Key(stream(stream), EMPTIED + Key.hex(last));
    }

    /** Events of one append, up to this version. */
    Key chunk(StreamId stream, long lastVersion) {
        return new Key(stream(stream), Key.hex(lastVersion));
    }

    Key counter() {
        return new Key(prefix() + 'q', "0");
    }

    static long block(long ticket) {
        return ticket >> BLOCK_BITS;
    }

    /** The last ticket of a block. */
    static long endOfBlock(long block) {
        return ((block + 1) << BLOCK_BITS) - 1;
    }

    String slots(long block) {
        return prefix() + "l/" + Key.hex(block) + "/0";
    }

    Key slot(long ticket) {
        return new Key(slots(block(ticket)), Key.hex(ticket));
    }

    String timeMarks() {
        return prefix() + 't';
    }

    Key timeMark(long block) {
        return new Key(timeMarks(), Key.hex(block));
    }

    String catalog(int shard) {
        return prefix() + "d/" + Integer.toHexString(shard);
    }

    Key catalog(StreamId stream) {
        return new Key(catalog(shard(stream)), stream.value());
    }

    private static int shard(StreamId stream) {
        try {
            byte[] name = stream.value().getBytes(StandardCharsets.UTF_8);
            return MessageDigest.getInstance("SHA-256").digest(name)[0] >> HALF_BYTE & DIGIT;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Streams with hidden events that may not be removed yet. */
    String hidden() {
        return prefix() + 'h';
    }

    Key hidden(StreamId stream) {
        return new Key(hidden(), stream.value());
    }

    String subscriptions() {
        return prefix() + 'c';
    }

    Key subscription(String name) {
        return new Key(subscriptions(), name);
    }

    /** The lease and the checkpoints of a subscription. */
    String progress(String subscription) {
        return prefix() + "c/" + subscription;
    }

    Key lease(String subscription) {
        return new Key(progress(subscription), LEASE);
    }

    Key checkpoint(String subscription, long generation, int partition) {
        return new Key(progress(subscription), checkpoints(generation) + Key.hex(partition));
    }

    static String checkpoints(long generation) {
        return CHECKPOINT + Key.hex(generation) + '/';
    }

    String records(String subscription, String kind, long generation) {
        return prefix() + "r/" + kind + '/' + Key.hex(generation) + '/' + subscription;
    }

    String snapshots(StreamId stream) {
        return prefix() + "n/" + stream.value();
    }

    Key schema() {
        return new Key(prefix() + 'z', "0");
    }
}
