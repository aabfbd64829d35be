package io.headwater.dynamodb.server;

/** Read units: "DynamoDB read and write operations", 4 KB each, half of one if the read is eventually consistent. */
final class Units {
    private static final int READ_BYTES = 4 * Sizes.KILOBYTE;

    private Units() {}

    static int ceil(long amount, int unit) {
        return (int) ((amount + unit - 1) / unit);
    }

    static double read(long bytes, boolean consistent) {
        int units = Math.max(1, ceil(bytes, READ_BYTES));
        return consistent ? units : units * 0.5;
    }

    static double read(Item item, boolean consistent) {
        return read(item == null ? 0 : item.size(), consistent);
    }

    /** Reads within a transaction count twice. */
    static double transactionalRead(Item item) {
        return 2 * read(item, true);
    }
}
