package io.headwater.dynamodb;

import io.headwater.spi.OptionDescriptor;
import java.time.Duration;
import java.util.List;

/** Every option of a DynamoDB URL. */
final class DynamoOptions {
    static final OptionDescriptor<String> REGION = OptionDescriptor.text(
            "region", "", "the AWS region; by default, that of the environment, the profile or the instance");
    static final OptionDescriptor<String> ENDPOINT = OptionDescriptor.text(
            "endpoint",
            "",
            "the address of the service, such as http://localhost:8000; by default, that of the region");
    static final OptionDescriptor<String> PROFILE = OptionDescriptor.text(
            "profile",
            "",
            "the profile of the AWS configuration; by default, the SDK's provider chain finds the credentials");
    static final OptionDescriptor<String> ROLE_ARN = OptionDescriptor.text(
            "roleArn", "", "the role to assume with these credentials; needs the SDK's module sts on the class path");
    static final OptionDescriptor<Duration> REQUEST_TIMEOUT = OptionDescriptor.duration(
            "requestTimeout", Duration.ofSeconds(2), "how long to wait for the reply to a request");
    static final OptionDescriptor<SchemaMode> SCHEMA = OptionDescriptor.oneOf(
            "schema",
            SchemaMode.class,
            SchemaMode.CREATE,
            "create: create the table and the store if they are missing; validate: refuse to open unless they exist");
    static final OptionDescriptor<Flag> PROTECT = OptionDescriptor.oneOf(
            "protect",
            Flag.class,
            Flag.TRUE,
            "whether a table that is created has deletion protection and point-in-time recovery");
    static final OptionDescriptor<String> KMS_KEY = OptionDescriptor.text(
            "kmsKey", "", "the KMS key that a table that is created is encrypted with; by default, DynamoDB's own key");
    static final OptionDescriptor<String> TAGS =
            OptionDescriptor.text("tags", "", "the tags of a table that is created, such as team=shop,stage=test");
    static final OptionDescriptor<Flag> SINGLE_WRITER_REGION = OptionDescriptor.oneOf(
            "singleWriterRegion",
            Flag.class,
            Flag.FALSE,
            "true: the operator promises that a table with replicas is written to in this region only");

    static final List<OptionDescriptor<?>> ALL = List.of(
            REGION, ENDPOINT, PROFILE, ROLE_ARN, REQUEST_TIMEOUT, SCHEMA, PROTECT, KMS_KEY, TAGS, SINGLE_WRITER_REGION);

    private DynamoOptions() {}

    /** Whether to. */
    enum Flag {
        TRUE,
        FALSE;

        boolean isSet() {
            return this == TRUE;
        }
    }
}
