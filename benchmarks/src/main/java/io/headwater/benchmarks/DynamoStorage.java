package io.headwater.benchmarks;

import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.DynamoServer.Image;
import io.headwater.dynamodb.server.Latency;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A table on the test server of the DynamoDB backend, in this process, with a latency that stands for the service's. Of one store at
 * a time: removing it empties the table.
 */
final class DynamoStorage implements Storage {
    static final String TABLE = "benchmarks";

    private static final String LATENCY = "read=4ms,write=6ms,transaction=12ms";

    private @Nullable DynamoServer server;
    private @Nullable Image empty;

    @Override
    public String name() {
        return "dynamodb";
    }

    @Override
    public void start(Path folder) {
        // The server takes any.
        System.setProperty("aws.accessKeyId", "benchmarks");
        System.setProperty("aws.secretAccessKey", "benchmarks");
        server = DynamoServer.start();
        try (DynamoDbClient client = client()) {
            client.createTable(table -> table.tableName(TABLE)
                    .attributeDefinitions(text("pk"), text("sk"))
                    .keySchema(key("pk", KeyType.HASH), key("sk", KeyType.RANGE))
                    .billingMode(BillingMode.PAY_PER_REQUEST));
        }
        empty = server.image(TABLE);
        server.latency(Latency.parse(LATENCY));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    DynamoServer server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    DynamoDbClient client() {
        return DynamoDbClient.builder()
                .endpointOverride(server().endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    @Override
    public String facts() {
        return "the project's test server, in memory and in this process, with a latency of 4 ms for a read, 6 ms for a"
                + " write and 12 ms for a transaction; no figure is one of AWS";
    }

    @Override
    public String url(Path folder) {
        return "dynamodb://%s?endpoint=%s".formatted(TABLE, server().endpoint());
    }

    @Override
    public void remove(Path folder) {
        if (empty != null) {
            server().restore(TABLE, empty);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
