package io.headwater.esdb;

import io.headwater.spi.BackendContext;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a store is opened, apart from the connection to its server.
 *
 * @param create whether the store is created if it is missing
 * @param maxAppendSize the server's setting; 0 for its default
 */
record StoreSettings(
        Namespace namespace,
        boolean create,
        boolean readOnly,
        EsdbOptions.Categories categories,
        boolean listens,
        int maxAppendSize,
        Duration callTimeout,
        Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(StoreSettings.class);

    static StoreSettings of(BackendContext context) {
        EsdbOptions.WITHOUT_EFFECT.stream()
                .filter(option -> !context.option(option).isEmpty())
                .forEach(option -> LOG.info("option {} has no effect: {}", option.name(), option.meaning()));
        return new StoreSettings(
                new Namespace(context.option(EsdbOptions.NAMESPACE)),
                context.option(EsdbOptions.SCHEMA) == SchemaMode.CREATE && !context.readOnly(),
                context.readOnly(),
                context.option(EsdbOptions.CATEGORIES),
                context.option(EsdbOptions.LISTEN) == EsdbOptions.Switch.ON,
                context.option(EsdbOptions.MAX_APPEND_SIZE),
                context.option(EsdbOptions.DEFAULT_DEADLINE)
                        .map(Duration::ofMillis)
                        .orElse(context.option(EsdbOptions.CALL_TIMEOUT)),
                context.clock());
    }
}
