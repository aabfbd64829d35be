package io.headwater.dynamodb;

import io.headwater.StoreUrl;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.spi.BackendContext;
import io.headwater.spi.OptionDescriptor;
import io.headwater.tck.Tck;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Stores for tests, each with a name of its own in one table. */
public final class DynamoFixture {
    public static final String TABLE = "headwater-tests";

    private DynamoFixture() {}

    /** The address of the service: the one that is given, or that of a server of this process. */
    public static String endpoint() {
        return givenEndpoint().orElseGet(() -> SharedServer.SERVER.endpoint().toString());
    }

    /** The address of a service that tests are to run on, by {@code -Ddynamodb.url}. */
    static Optional<String> givenEndpoint() {
        return Optional.ofNullable(System.getProperty("dynamodb.url"));
    }

    /** One for all tests without faults; it ends with the process. */
    private static final class SharedServer {
        static final DynamoServer SERVER = DynamoServer.start();
    }

    /** The URL of a new store. */
    public static String url() {
        return url(endpoint());
    }

    /** The URL of a new store at this endpoint. */
    public static String url(String endpoint) {
        return "dynamodb://%s/t%s?protect=false&region=eu-central-1&requestTimeout=30s&endpoint=%s"
                .formatted(TABLE, UUID.randomUUID().toString().replace("-", ""), endpoint);
    }

    /** The TCK, for new stores at this endpoint. */
    static Tck tck(String endpoint) {
        return Tck.of(new StorePerGroup(endpoint));
    }

    /** The settings of a URL, with the defaults of what it leaves out. */
    static BackendContext context(String url) {
        return new Settings(StoreUrl.parse(url));
    }

    private record Settings(StoreUrl url) implements BackendContext {
        @Override
        public <T> T option(OptionDescriptor<T> option) {
            Map<String, String> given = url.options();
            return given.containsKey(option.name()) ? option.parse(given.get(option.name())) : option.defaultValue();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }
    }
}
