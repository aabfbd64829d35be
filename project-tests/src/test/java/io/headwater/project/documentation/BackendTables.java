package io.headwater.project.documentation;

import io.headwater.Capabilities;
import io.headwater.Capability;
import io.headwater.EventStores;
import io.headwater.spi.CapabilityFacets;
import io.headwater.spi.OptionDescriptor;
import io.headwater.tck.report.Facts;
import io.headwater.tck.report.Markdown;
import java.util.List;
import java.util.Locale;

/** What the documentation shows of backends, taken from the backends. */
final class BackendTables {
    private final InstalledBackends backends;

    BackendTables(InstalledBackends backends) {
        this.backends = backends;
    }

    /** One backend, with the types by which its capabilities are used. */
    String capabilities(String backend) {
        Capabilities has = backends.capabilities(backend);
        Markdown.Table table = new Markdown.Table(List.of("capability", "support", "used by"));
        for (Capability capability : Capability.values()) {
            String type =
                    CapabilityFacets.of(capability).map(Class::getSimpleName).orElse("EventStore");
            table.row(List.of(capability.title(), support(has, capability), "`" + type + "`"));
        }
        return table.toString();
    }

    /** The levels and limits of one backend. */
    String levels(String backend) {
        Markdown.Table table = new Markdown.Table(List.of("level", "value"));
        Facts.levels(backends.capabilities(backend)).forEach((level, value) -> table.row(List.of(level, value)));
        return table.toString();
    }

    private static String support(Capabilities has, Capability capability) {
        return has.support(capability).name().toLowerCase(Locale.ROOT);
    }

    /** The options of one backend, or those of every store. */
    static String options(String backend) {
        List<OptionDescriptor<?>> options = backend.equals("every")
                ? EventStores.options()
                : InstalledBackends.provider(backend).options();
        if (options.isEmpty()) {
            return "None.";
        }
        Markdown.Table table = new Markdown.Table(List.of("option", "values", "default", "meaning"));
        for (OptionDescriptor<?> option : options) {
            table.row(List.of(
                    "`" + option.name() + "`", option.allowed(), "`" + option.defaultText() + "`", option.meaning()));
        }
        return table.toString();
    }
}
