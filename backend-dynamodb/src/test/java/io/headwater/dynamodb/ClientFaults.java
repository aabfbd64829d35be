package io.headwater.dynamodb;

import io.headwater.dynamodb.Interposed.Between;
import io.headwater.dynamodb.Interposed.Service;
import java.util.Random;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What can be made to go wrong with any service: requests are lost, refused or made twice, and replies are lost. */
final class ClientFaults implements Between {
    private static final double CHANCE = 0.02;

    private final Random random;

    ClientFaults(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public DynamoDbResponse call(DynamoDbRequest request, Service service) {
        if (comes()) {
            throw SdkClientException.create("the request is lost");
        }
        if (comes()) {
            throw throttled();
        }
        if (comes() && request instanceof TransactWriteItemsRequest) {
            throw conflict();
        }
        if (comes()) {
            service.call(request);
        }
        DynamoDbResponse response = service.call(request);
        if (comes()) {
            throw SdkClientException.create("the reply is lost");
        }
        return response;
    }

    private boolean comes() {
        return random.nextDouble() < CHANCE;
    }

    private static RuntimeException throttled() {
        return ProvisionedThroughputExceededException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build();
    }

    private static RuntimeException conflict() {
        return TransactionCanceledException.builder()
                .cancellationReasons(
                        CancellationReason.builder().code("TransactionConflict").build())
                .build();
    }
}
