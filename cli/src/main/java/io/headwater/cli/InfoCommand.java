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
import picocli.CommandLine.Command;
import tools.jackson.core.JsonGenerator;

/** Tells what a store is and can do. */
@Command(
        name = "info",
        header = "Show what the store is, holds and can do.",
        description =
                "Shows the backend, the URL without secrets, the head of the log, the facts that the backend tells"
                        + " operators, the capabilities and the limits of one append.",
        footer = {"%nExamples:", "  headwater info", "  headwater info --json | jq .limits.maxEventBytes"})
final class InfoCommand extends StoreCommand {

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
        section(out, "Storage", facts);
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

    private Map<String, String> basics(EventStore store) {
        Map<String, String> basics = new LinkedHashMap<>();
        basics.put("backend", store.backend());
        basics.put("url", url());
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
            json.writeStringProperty("head", store.head().toString());
            object(json, "storage", facts);
            object(json, "capabilities", support(capabilities));
            json.writeStringProperty("idempotency", capabilities.idempotency().name());
            json.writeStringProperty(
                    "logVisibility", capabilities.logVisibility().bound().toString());
            limits(json, capabilities.limits());
        });
    }

    private static void object(JsonGenerator json, String name, Map<String, String> entries) {
        json.writeObjectPropertyStart(name);
        entries.forEach(json::writeStringProperty);
        json.writeEndObject();
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
        json.writeEndObject();
    }
}
