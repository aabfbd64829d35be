package io.headwater.dynamodb;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Credentials of a role, renewed before they expire. The only class that needs the SDK's module sts, which is optional. */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {
    private static final String SESSION = "headwater";

    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider credentials;

    AssumedRole(String arn, AwsCredentialsProvider own, Region region) {
        sts = StsClient.builder().region(region).credentialsProvider(own).build();
        credentials = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(arn).roleSessionName(SESSION))
                .build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return credentials.resolveCredentials();
    }

    /** Called by the client of DynamoDB when it is closed. */
    @Override
    public void close() {
        credentials.close();
        sts.close();
    }
}
