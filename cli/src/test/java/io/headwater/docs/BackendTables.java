package io.headwater.docs;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.LogVisibility;
import io.headwater.spi.BackendProvider;
import io.headwater.spi.OptionDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the documentation shows of backends, taken from the backends. */
final class BackendTables {
    private final InstalledBackends backends;

    BackendTables(InstalledBackends backends) {
        this.backends = backends;
    }

    /** All backends, side by side. */
    String comparison() {
        Collection<Capabilities> all = backends.capabilities().values();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(backends.capabilities().keySet());
        MarkdownTable table = new MarkdownTable(head);
        for (Capability capability : Capability.values()) {
            table.row(cells(capability.title(), all, has -> support(has, capability)));
        }
        for (Level level : Level.values()) {
            table.row(cells(level.title, all, level.value));
        }
        return table.toString();
    }

    private static List<String> cells(
            String title, Collection<Capabilities> all, Function<Capabilities, String> value) {
        List<String> cells = new ArrayList<>(List.of(title));
        all.forEach(capabilities -> cells.add(value.apply(capabilities)));
        return cells;
    }

    /** One backend, with the types by which its capabilities are used. */
    String capabilities(String backend) {
        Capabilities has = backends.capabilities(backend);
        MarkdownTable table = new MarkdownTable(List.of("capability", "support", "used by"));
        for (Capability capability : Capability.values()) {
            String type = capability.facet().map(Class::getSimpleName).orElse("EventStore");
            table.row(List.of(capability.title(), support(has, capability), "`" + type + "`"));
        }
        return table.toString();
    }

    /** The levels and limits of one backend. */
    String levels(String backend) {
        Capabilities has = backends.capabilities(backend);
        MarkdownTable table = new MarkdownTable(List.of("level", "value"));
        for (Level level : Level.values()) {
            table.row(List.of(level.title, level.value.apply(has)));
        }
        return table.toString();
    }

    private static String support(Capabilities has, Capability capability) {
        return has.support(capability).name().toLowerCase(Locale.ROOT);
    }

    /** What is not a matter of yes or no. */
    private enum Level {
        IDEMPOTENCY("repeats of `any` appends recognised", BackendTables::idempotency),
        VISIBILITY("append visible in the global log", has -> visibility(has.logVisibility())),
        EVENT("largest event", has -> bytes(has.limits().maxEventBytes())),
        EVENTS("events per append", has -> "%,d".formatted(has.limits().maxEventsPerAppend())),
        APPEND("largest append", has -> bytes(has.limits().maxAppendBytes()));

        private final String title;
        private final Function<Capabilities, String> value;

        Level(String title, Function<Capabilities, String> value) {
            this.title = title;
            this.value = value;
        }
    }

    private static String idempotency(Capabilities has) {
        return switch (has.idempotency()) {
            case ALWAYS -> "for ever";
            case RECENT -> "the stream's last 10";
            case BEST_EFFORT -> "usually";
        };
    }

    private static String visibility(LogVisibility visibility) {
        return visibility.isImmediate()
                ? "at once"
                : "within " + visibility.bound().toMillis() + " ms, normally";
    }

    private static String bytes(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    /** The options of one backend. */
    static String options(String backend) {
        BackendProvider provider = InstalledBackends.provider(backend);
        if (provider.options().isEmpty()) {
            return "None.";
        }
        MarkdownTable table = new MarkdownTable(List.of("option", "values", "default", "meaning"));
        for (OptionDescriptor<?> option : provider.options()) {
            table.row(List.of(
                    "`" + option.name() + "`", option.allowed(), "`" + option.defaultText() + "`", option.meaning()));
        }
        return table.toString();
    }
}
