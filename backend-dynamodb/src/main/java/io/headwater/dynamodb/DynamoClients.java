package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Clients for the options of a URL. They try nothing again: what is tried again is for the backend to say. */
final class DynamoClients {
    private static final Pattern ENDPOINT =
            Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?/?");

    private DynamoClients() {}

    /** The table at this address; closing it closes its client. */
    static Table table(BackendContext context, StoreAddress address) {
        DynamoDbClient client = client(context);
        return new Table(client, client::close, address.table());
    }

    static DynamoDbClient client(BackendContext context) {
        Region region = DynamoRegion.of(context);
        Duration timeout = context.option(DynamoOptions.REQUEST_TIMEOUT);
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(region)
                .credentialsProvider(DynamoCredentials.of(context, region))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(timeout).retryStrategy(DefaultRetryStrategy.doNotRetry()));
        String endpoint = context.option(DynamoOptions.ENDPOINT);
        if (!endpoint.isEmpty()) {
            builder.endpointOverride(endpoint(endpoint));
        }
        try {
            return builder.build();
        } catch (SdkException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "cannot create a client for DynamoDB (%s): check region=, endpoint= and profile="
                            .formatted(DynamoErrors.message(e)),
                    e);
        }
    }

    private static URI endpoint(String address) {
        if (!ENDPOINT.matcher(address).matches()) {
            throw new ConfigurationException(
                    "option 'endpoint' is '%s', expected is an address such as http://localhost:8000"
                            .formatted(address));
        }
        return URI.create(address);
    }
}
