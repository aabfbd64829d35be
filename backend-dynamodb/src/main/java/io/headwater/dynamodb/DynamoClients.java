package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Clients for the options of a URL. They try nothing again: what is tried again is for the backend to say. */
final class DynamoClients {
    private DynamoClients() {}

    static DynamoDbClient client(BackendContext context) {
        try {
            DynamoDbClientBuilder builder = DynamoDbClient.builder().overrideConfiguration(configuration(context));
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

    /** A profile has a region, too. */
    private static ClientOverrideConfiguration configuration(BackendContext context) {
        ClientOverrideConfiguration.Builder configuration = ClientOverrideConfiguration.builder()
                .apiCallTimeout(context.option(DynamoOptions.REQUEST_TIMEOUT))
                .retryStrategy(DefaultRetryStrategy.doNotRetry());
        String profile = context.option(DynamoOptions.PROFILE);
        if (!profile.isEmpty()) {
            configuration.defaultProfileName(profile);
        }
        return configuration.build();
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
