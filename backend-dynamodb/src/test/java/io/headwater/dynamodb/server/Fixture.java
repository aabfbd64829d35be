package io.headwater.dynamodb.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A server, a client that does not try again, and a table with the string keys {@code pk} and {@code sk}. */
abstract class Fixture {
    static final String TABLE = "things";

    final DynamoServer server = DynamoServer.start();
    final DynamoDbClient client = client(server, "tester");

    static DynamoDbClient client(DynamoServer server, String accessKey) {
        return DynamoDbClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
                .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @BeforeEach
    void createTable() {
        client.createTable(request -> request.tableName(TABLE)
                .attributeDefinitions(text("pk"), text("sk"))
                .keySchema(element("pk", KeyType.HASH), element("sk", KeyType.RANGE))
                .billingMode(BillingMode.PAY_PER_REQUEST));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    static AttributeValue value(Object value) {
        if (value instanceof AttributeValue attribute) {
            return attribute;
        }
        if (value instanceof Number number) {
            return AttributeValue.fromN(number.toString());
        }
        if (value instanceof byte[] bytes) {
            return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
        }
        if (value instanceof List<?> list) {
            return AttributeValue.fromL(list.stream().map(Fixture::value).toList());
        }
        return value instanceof Boolean flag ? AttributeValue.fromBool(flag) : AttributeValue.fromS((String) value);
    }

    /** Names and values by turns. */
    static Map<String, AttributeValue> values(Object... pairs) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], value(pairs[i + 1]));
        }
        return values;
    }

    static Map<String, AttributeValue> item(String pk, String sk, Object... pairs) {
        Map<String, AttributeValue> item = values("pk", pk, "sk", sk);
        item.putAll(values(pairs));
        return item;
    }

    void put(String pk, String sk, Object... pairs) {
        client.putItem(request -> request.tableName(TABLE).item(item(pk, sk, pairs)));
    }

    /** By a strongly consistent read; empty if there is none. */
    Map<String, AttributeValue> get(String pk, String sk) {
        return client.getItem(
                        request -> request.tableName(TABLE).key(item(pk, sk)).consistentRead(true))
                .item();
    }

    static String random() {
        return UUID.randomUUID().toString();
    }
}
