package io.headwater.dynamodb.server;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * How long calls take, by kind, and a table until it is active.
 *
 * @param read of an item, a batch of items or a page
 * @param write of an item or a batch of items
 * @param transaction of either kind
 * @param table from the reply to CreateTable on
 */
public record Latency(Duration read, Duration write, Duration transaction, Duration table) {
    public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Reads {@code read=4ms,write=6ms,transaction=12ms,table=1s}; what is not named takes no time. */
    public static Latency parse(String text) {
        Latency latency = NONE;
        for (String part : text.split(",", -1)) {
            String[] pair = part.split("=", 2);
            if (pair.length != 2) {
                throw new IllegalArgumentException(
                        "a latency is read=4ms,write=6ms,transaction=12ms,table=1s: " + text);
            }
            latency = latency.with(pair[0].strip(), Duration.parse("PT" + seconds(pair[1].strip()) + "S"));
        }
        return latency;
    }

    private static String seconds(String amount) {
        String text = amount.toLowerCase(Locale.ROOT);
        if (text.endsWith("ms")) {
            return new BigDecimal(text.substring(0, text.length() - 2))
                    .movePointLeft(3)
                    .toPlainString();
        }
        return text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
    }

    private Latency with(String kind, Duration duration) {
        return switch (kind) {
            case "read" -> new Latency(duration, write, transaction, table);
            case "write" -> new Latency(read, duration, transaction, table);
            case "transaction" -> new Latency(read, write, duration, table);
            case "table" -> new Latency(read, write, transaction, duration);
            default -> throw new IllegalArgumentException("no latency is called " + kind);
        };
    }

    Duration of(Call call) {
        if (call.isTransaction()) {
            return transaction;
        }
        return call.isRead() ? read : call.isWrite() ? write : Duration.ZERO;
    }

    static void await(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
