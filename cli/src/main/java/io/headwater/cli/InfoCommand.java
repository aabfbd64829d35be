package io.headwater.cli;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.Diagnostics;
import io.headwater.EventStore;
import io.headwater.Limits;
import io.headwater.LogVisibility;
import io.headwater.cli.text.Figures;
import io.headwater.cli.text.Printable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import tools.jackson.core.JsonGenerator;

/** Shows what a store is, and its capabilities. */
@Command(
        name = "info",
        header = "Show what the store is, holds and can do.",
        description =
                "Shows the backend, the URL without secrets, the store's id, the head of the log, the diagnostics that"
                        + " the backend provides for operators, the capabilities and the limits of one append.",
        footer = {"%nExamples:", "  headwater info", "  headwater info --json | jq .storage.events"})
final class InfoCommand extends StoreCommand {
    private static final Pattern WORD_START = Pattern.compile("[^A-Za-z0-9]+([A-Za-z0-9]?)");

    InfoCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode run(EventStore store, Output out) {
        Map<String, String> facts =
                store.facet(Diagnostics.class).map(Diagnostics::describe).orElse(Map.of());
        if (out.json()) {
            printJson(store, facts, out);
        } else {
            printText(store, facts, out);
        }
        return ExitCode.OK;
    }

    private void printText(EventStore store, Map<String, String> facts, Output out) {
        section(out, "Store", basics(store));
        section(out, "Storage", grouped(facts));
        section(out, "Capabilities", capabilities(store.capabilities()));
        section(out, "Guarantees", guarantees(store.capabilities()));
        section(out, "Limits of one append", limits(store.capabilities().limits()));
    }

    private static void section(Output out, String title, Map<String, String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        out.line(out.paint().bold(title));
        entries.forEach((name, value) -> out.line("  %-24s%s".formatted(Printable.of(name), Printable.of(value))));
    }

    private static Map<String, String> grouped(Map<String, String> facts) {
        Map<String, String> words = new LinkedHashMap<>();
        facts.forEach((name, fact) -> words.put(name, isNumber(fact) ? Figures.count(Long.parseLong(fact)) : fact));
        return words;
    }

    private static boolean isNumber(String fact) {
        return fact.matches("0|-?[1-9]\\d{0,17}");
    }

    private Map<String, String> basics(EventStore store) {
        Map<String, String> basics = new LinkedHashMap<>();
        basics.put("backend", store.backend());
        basics.put("url", url());
        basics.put("store id", store.storeId());
        basics.put("head of the log", store.head().toString());
        return basics;
    }

    private static Map<String, String> capabilities(Capabilities capabilities) {
        Map<String, String> support = new LinkedHashMap<>();
        for (Capability capability : Capability.values()) {
            support.put(capability.title(), lower(capabilities.support(capability)));
        }
        return support;
    }

    private static Map<String, String> guarantees(Capabilities capabilities) {
        Map<String, String> guarantees = new LinkedHashMap<>();
        guarantees.put("repeats recognised", lower(capabilities.idempotency()));
        guarantees.put("seen in the log", visibility(capabilities.logVisibility()));
        capabilities.reservedPrefix().ifPresent(prefix -> guarantees.put("reserved stream ids", prefix + "…"));
        return guarantees;
    }

    private static String visibility(LogVisibility visibility) {
        return visibility.isImmediate() ? "at once" : "within " + Figures.time(visibility.bound());
    }

    private static Map<String, String> limits(Limits limits) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("one event", Figures.count(limits.maxEventBytes(), "byte"));
        words.put("events", Figures.count(limits.maxEventsPerAppend()));
        words.put("all events", Figures.count(limits.maxAppendBytes(), "byte"));
        words.put("streams", Figures.count(limits.maxStreamsPerAppend()));
        return words;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void printJson(EventStore store, Map<String, String> facts, Output out) {
        Capabilities capabilities = store.capabilities();
        out.object(json -> {
            json.writeStringProperty("backend", store.backend());
            json.writeStringProperty("url", url());
            json.writeStringProperty("storeId", store.storeId());
            json.writeStringProperty("head", store.head().toString());
            storage(json, facts);
            json.writeObjectPropertyStart("capabilities");
            support(capabilities).forEach(json::writeStringProperty);
            json.writeEndObject();
            json.writeStringProperty("idempotency", capabilities.idempotency().name());
            visibility(json, capabilities.logVisibility());
            limits(json, capabilities.limits());
            capabilities.reservedPrefix().ifPresent(prefix -> json.writeStringProperty("reservedPrefix", prefix));
        });
    }

    private static void storage(JsonGenerator json, Map<String, String> facts) {
        json.writeObjectPropertyStart("storage");
        facts.forEach((name, fact) -> {
            if (isNumber(fact)) {
                json.writeNumberProperty(camelCase(name), Long.parseLong(fact));
            } else {
                json.writeStringProperty(camelCase(name), fact);
            }
        });
        json.writeEndObject();
    }

    /** Backends name their diagnostics for people, as in {@code write-ahead log bytes}. */
    private static String camelCase(String name) {
        return WORD_START.matcher(name).replaceAll(gap -> gap.group(1).toUpperCase(Locale.ROOT));
    }

    private static void visibility(JsonGenerator json, LogVisibility visibility) {
        if (visibility.isImmediate()) {
            json.writeStringProperty("logVisibility", "immediate");
        } else {
            json.writeNumberProperty("logVisibility", visibility.bound().toMillis());
        }
    }

    private static Map<String, String> support(Capabilities capabilities) {
        Map<String, String> support = new LinkedHashMap<>();
        for (Capability capability : Capability.values()) {
            support.put(capability.name(), capabilities.support(capability).name());
        }
        return support;
    }

    private static void limits(JsonGenerator json, Limits limits) {
        json.writeObjectPropertyStart("limits");
        json.writeNumberProperty("maxEventBytes", limits.maxEventBytes());
        json.writeNumberProperty("maxEventsPerAppend", limits.maxEventsPerAppend());
        json.writeNumberProperty("maxAppendBytes", limits.maxAppendBytes());
        json.writeNumberProperty("maxStreamsPerAppend", limits.maxStreamsPerAppend());
        json.writeEndObject();
    }
}
