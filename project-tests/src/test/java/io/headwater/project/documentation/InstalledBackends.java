package io.headwater.project.documentation;

import io.headwater.Capabilities;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.dynamodb.DynamoFixture;
import io.headwater.esdb.EsdbFixture;
import io.headwater.postgres.PostgresFixture;
import io.headwater.spi.BackendProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The backends of this build, and what each says of itself when it is open. */
final class InstalledBackends {
    private final Map<String, Capabilities> capabilities = new TreeMap<>();

    /** Opens each once, over storage in this folder. */
    InstalledBackends(Path folder) {
        for (BackendProvider backend : providers()) {
            try (EventStore store = EventStores.open(url(backend.name(), folder))) {
                capabilities.put(backend.name(), store.capabilities());
            }
        }
    }

    private static String url(String backend, Path folder) {
        return switch (backend) {
            case "dynamodb" -> DynamoFixture.url();
            case "esdb" -> EsdbFixture.url();
            case "memory" -> "memory:";
            case "postgres" -> PostgresFixture.url();
            case "sqlite" -> "sqlite:" + folder.resolve("capabilities.db");
            default -> throw new AssertionError("say here how to open the backend '" + backend + "' for the tables");
        };
    }

    Map<String, Capabilities> capabilities() {
        return capabilities;
    }

    Capabilities capabilities(String name) {
        Capabilities found = capabilities.get(name);
        if (found == null) {
            throw new AssertionError("no backend is called '" + name + "'; there are " + capabilities.keySet());
        }
        return found;
    }

    /** All but the broken ones, which are on this class path, too. */
    static List<BackendProvider> providers() {
        return EventStores.backends().stream()
                .filter(backend -> !backend.getClass().getPackageName().startsWith("io.headwater.verification."))
                .toList();
    }

    static BackendProvider provider(String name) {
        return providers().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no backend is called '" + name + "'"));
    }
}
