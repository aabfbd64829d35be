package io.headwater.dynamodb.server;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tokens of transactions of the last ten minutes: "Idempotency" in "Amazon DynamoDB Transactions: How it works". */
final class Tokens {
    private static final long KEPT = Duration.ofMinutes(10).toNanos();

    private record Entry(String request, boolean done, long since) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Returns false if the same request was carried out already. */
    synchronized boolean begin(String token, Object request) {
        forgetOld();
        String canonical = digest(request);
        Entry entry = entries.get(token);
        if (entry == null) {
            entries.put(token, new Entry(canonical, false, System.nanoTime()));
            return true;
        }
        if (!entry.request().equals(canonical)) {
            throw ServiceException.tokenMismatch();
        }
        if (!entry.done()) {
            throw ServiceException.inProgress();
        }
        return false;
    }

    synchronized void done(String token) {
        Entry entry = entries.remove(token);
        entries.put(token, new Entry(entry.request(), true, System.nanoTime()));
    }

    /** After a failure the request may be made again. */
    synchronized void failed(String token) {
        entries.remove(token);
    }

    /** Those that are done are in the order of the times at which they were. */
    private void forgetOld() {
        long now = System.nanoTime();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.done() && now - entry.since() <= KEPT) {
                return;
            }
            if (entry.done()) {
                oldest.remove();
            }
        }
    }

    private static String digest(Object request) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Json.write(canonical(request)));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The order of members of JSON objects does not matter. */
    private static Object canonical(Object json) {
        if (json instanceof Map<?, ?> object) {
            Map<String, Object> sorted = new TreeMap<>();
            object.forEach((name, member) -> sorted.put((String) name, canonical(member)));
            return sorted;
        }
        return json instanceof List<?> list
                ? list.stream().map(Tokens::canonical).toList()
                : json;
    }
}
