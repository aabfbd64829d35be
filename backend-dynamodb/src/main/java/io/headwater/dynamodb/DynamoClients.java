package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Clients for the options of a URL. They try nothing again: what is tried again is for the backend to say. */
final class DynamoClients {
    private DynamoClients() {}

    static DynamoDbClient client(BackendContext context) {
        Duration timeout = context.option(DynamoOptions.REQUEST_TIMEOUT);
        try {
            DynamoDbClientBuilder builder = DynamoDbClient.builder()
                    .overrideConfiguration(override ->
                            override.apiCallTimeout(timeout).retryStrategy(DefaultRetryStrategy.doNotRetry()));
            region(context, builder);
            endpoint(context, builder);
            credentials(context, builder);
            return builder.build();
        } catch (SdkException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "no client for DynamoDB can be made (%s): check region=, endpoint= and profile="
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static void region(BackendContext context, DynamoDbClientBuilder builder) {
        String region = context.option(DynamoOptions.REGION);
        if (!region.isEmpty()) {
            builder.region(Region.of(region));
        }
    }

    private static void endpoint(BackendContext context, DynamoDbClientBuilder builder) {
        String endpoint = context.option(DynamoOptions.ENDPOINT);
        if (!endpoint.isEmpty()) {
            builder.endpointOverride(URI.create(endpoint));
        }
    }

    private static void credentials(BackendContext context, DynamoDbClientBuilder builder) {
        String profile = context.option(DynamoOptions.PROFILE);
        builder.credentialsProvider(
                profile.isEmpty()
                        ? DefaultCredentialsProvider.builder().build()
                        : ProfileCredentialsProvider.create(profile));
    }
}
