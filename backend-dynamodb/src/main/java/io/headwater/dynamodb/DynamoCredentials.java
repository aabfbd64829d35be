package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.StoreUnavailable;
import io.headwater.spi.BackendContext;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** Credentials as the options say. They are looked for when a store is opened, where their lack can be told as such. */
final class DynamoCredentials {
    private DynamoCredentials() {}

    static AwsCredentialsProvider of(BackendContext context, Region region) {
        AwsCredentialsProvider own = found(context.option(DynamoOptions.PROFILE));
        String role = context.option(DynamoOptions.ROLE_ARN);
        return role.isEmpty() ? own : assumed(role, own, region);
    }

    private static AwsCredentialsProvider found(String profile) {
        AwsCredentialsProvider credentials = profile.isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : ProfileCredentialsProvider.create(profile);
        try {
            credentials.resolveCredentials();
            return credentials;
        } catch (SdkException | IllegalStateException | IllegalArgumentException e) {
            throw profile.isEmpty()
                    ? DynamoErrors.withoutCredentials(e)
                    : new ConfigurationException(
                            "the profile '%s' gives no credentials for AWS (%s): check profile= and the files of the configuration of AWS"
                                    .formatted(profile, DynamoErrors.message(e)),
                            e);
        }
    }

    private static AwsCredentialsProvider assumed(String role, AwsCredentialsProvider own, Region region) {
        try {
            AssumedRole credentials = new AssumedRole(role, own, region);
            credentials.resolveCredentials();
            return credentials;
        } catch (NoClassDefFoundError e) {
            throw new ConfigurationException(
                    "roleArn= needs the SDK's module sts: add software.amazon.awssdk:sts to the class path", e);
        } catch (AwsServiceException e) {
            throw new ConfigurationException(
                    "the role '%s' cannot be assumed: %s".formatted(role, DynamoErrors.message(e)), e);
        } catch (SdkException e) {
            throw new StoreUnavailable(
                    "the role '%s' cannot be assumed now: %s".formatted(role, DynamoErrors.message(e)), e);
        }
    }
}
