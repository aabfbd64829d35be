package io.headwater.esdb;

import io.headwater.Diagnostics;
import io.headwater.Limits;
import io.headwater.esdb.EsdbOptions.Categories;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Facts for operators. Reads the log on from where it was read last. */
final class EsdbDiagnostics implements Diagnostics {
    private final Server server;
    private final LogScan scan;
    private final LogHead head;
    private final CategoryHistory categories;
    private final SeenVersions seen;
    private final Limits limits;

    EsdbDiagnostics(
            Server server, LogScan scan, LogHead head, CategoryHistory categories, SeenVersions seen, Limits limits) {
        this.server = server;
        this.scan = scan;
        this.head = head;
        this.categories = categories;
        this.seen = seen;
        this.limits = limits;
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> facts = scan.read(EsdbDiagnostics::counts);
        server.with(context -> {
            Leader leader = server.discovery().leader(context);
            long end = head.look(context).head();
            facts.put("server version", leader.info().version());
            facts.put("leader", leader.host().toString());
            facts.put("head", "C:%s/P:%s".formatted(end, end));
            facts.put("categories", categories(context, end));
            return facts;
        });
        facts.put(
                "limits",
                "%s bytes per event, %s events and %s bytes per append"
                        .formatted(limits.maxEventBytes(), limits.maxEventsPerAppend(), limits.maxAppendBytes()));
        server.searches()
                .since()
                .ifPresent(time -> facts.put(
                        "searching the log since",
                        time.truncatedTo(ChronoUnit.SECONDS).toString()));
        seen.wentBack().ifPresent(told -> facts.put("log went back", told));
        return facts;
    }

    private static Map<String, String> counts(ScannedLog log) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("streams", Long.toString(log.streams("", true).count()));
        facts.put("events", Long.toString(log.events()));
        facts.put("unreadable streams", Long.toString(log.unreadable()));
        return facts;
    }

    /** Which way their history is read, and how much of the log the projection has not reached. */
    private String categories(CallContext context, long end) {
        Categories used = categories.used(context);
        String way = used.toString().toLowerCase(Locale.ROOT);
        if (used != Categories.PROJECTION) {
            return way;
        }
        long checkpoint = categories.links().checkpoint(context);
        return checkpoint == 0
                ? way + ", whose checkpoint cannot be read"
                : "%s, at most %s bytes behind".formatted(way, Math.max(0, end - checkpoint));
    }
}
