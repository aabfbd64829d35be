package io.headwater.dynamodb;

import io.headwater.Diagnostics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Facts for operators. Reads every HEAD. */
final class DynamoDiagnostics implements Diagnostics {
    private final Log log;
    private final DynamoCatalog catalog;

    DynamoDiagnostics(Log log, DynamoCatalog catalog) {
        this.log = log;
        this.catalog = catalog;
    }

    @Override
    public Map<String, String> describe() {
        AtomicLong streams = new AtomicLong();
        AtomicLong events = new AtomicLong();
        catalog.forEach(head -> {
            streams.incrementAndGet();
            events.addAndGet(head.bounds().version() - head.scavenged() + 1);
        });
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("streams", Long.toString(streams.get()));
        facts.put("events", Long.toString(events.get()));
        facts.put("table", log.table().name());
        facts.put("store", log.keys().store());
        facts.put("decided up to ticket", Long.toString(log.decided().advance()));
        log.decided().undecided().ifPresent(ticket -> facts.put("holds back the log", ticket));
        log.decided().wentBack().ifPresent(told -> facts.put("log went back", told));
        return facts;
    }
}
