package io.headwater.esdb.server;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** Finds what links point at: their data are {@code number@stream}. The caller holds the log's monitor. */
final class Links {
    private static final long LAST = -1;
    private static final Pattern NUMBER = Pattern.compile("[\\t-\\r ]*[+-]?[0-9]+[\\t-\\r ]*");

    private final StreamIndex index;

    Links(StreamIndex index) {
        this.index = index;
    }

    ResolvedRecord resolve(StoredRecord record, boolean resolving) {
        if (!resolving || !record.link()) {
            return ResolvedRecord.plain(record);
        }
        String[] target = record.data().toStringUtf8().split("@", 2);
        if (!NUMBER.matcher(target[0]).matches() || !fits(target[0].strip())) {
            return ResolvedRecord.plain(record);
        }
        long number = Long.parseLong(target[0].strip());
        return new ResolvedRecord(target.length < 2 ? null : target(target[1], number), record);
    }

    private static boolean fits(String number) {
        return new BigInteger(number).bitLength() < Long.SIZE;
    }

    /** The number -1 means the last event. */
    private StoredRecord target(String stream, long number) {
        if (stream.isEmpty()) {
            return null;
        }
        return index.readable(stream, number == LAST ? index.lastNumber(stream) : number);
    }
}
