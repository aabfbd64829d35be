package io.headwater.esdb.server;

/** Finds what links point at: their data are {@code number@stream}. The caller holds the log's monitor. */
final class Links {
    private final StreamIndex index;

    Links(StreamIndex index) {
        this.index = index;
    }

    ResolvedRecord resolve(StoredRecord record, boolean resolving) {
        if (!resolving || !record.link()) {
            return ResolvedRecord.plain(record);
        }
        String target = record.data().toStringUtf8();
        int at = target.indexOf('@');
        String number = at < 0 ? target : target.substring(0, at);
        if (!isNumber(number)) {
            return ResolvedRecord.plain(record);
        }
        return new ResolvedRecord(at < 0 ? null : target(target.substring(at + 1), Long.parseLong(number)), record);
    }

    private StoredRecord target(String stream, long number) {
        return stream.isEmpty() ? null : index.readable(stream, number);
    }

    private static boolean isNumber(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
