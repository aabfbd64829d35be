package io.headwater.dynamodb;

import io.headwater.spi.OptionDescriptor;
import java.time.Duration;
import java.util.List;

/** Every option of a DynamoDB URL. */
final class DynamoOptions {
    static final OptionDescriptor<String> REGION = OptionDescriptor.text(
            "region", "", "the region of AWS; without it that of the environment, the profile or the instance");
    static final OptionDescriptor<String> ENDPOINT = OptionDescriptor.text(
            "endpoint", "", "the address of the service, such as http://localhost:8000; without it that of the region");
    static final OptionDescriptor<String> PROFILE = OptionDescriptor.text(
            "profile", "", "the profile of the configuration of AWS; without it the default chain finds credentials");
    static final OptionDescriptor<String> ROLE_ARN = OptionDescriptor.text(
            "roleArn", "", "the role to assume with these credentials; needs the SDK's module sts on the class path");
    static final OptionDescriptor<Duration> REQUEST_TIMEOUT = OptionDescriptor.duration(
            "requestTimeout", Duration.ofSeconds(2), "how long to wait for the reply to a request");
    static final OptionDescriptor<SchemaMode> SCHEMA = OptionDescriptor.oneOf(
            "schema",
            SchemaMode.class,
            SchemaMode.CREATE,
            "create: make the table and the store if they are missing; validate: refuse to open unless they are there");
    static final OptionDescriptor<Flag> PROTECT = OptionDescriptor.oneOf(
            "protect",
            Flag.class,
            Flag.TRUE,
            "whether a table that is made has deletion protection and point-in-time recovery");
    static final OptionDescriptor<String> KMS_KEY = OptionDescriptor.text(
            "kmsKey", "", "the key of KMS that a table that is made is encrypted with; without it DynamoDB's own");
    static final OptionDescriptor<String> TAGS =
            OptionDescriptor.text("tags", "", "the tags of a table that is made, such as team=shop,stage=test");
    static final OptionDescriptor<Flag> SINGLE_WRITER_REGION = OptionDescriptor.oneOf(
            "singleWriterRegion",
            Flag.class,
            Flag.FALSE,
            "true: the operator promises that of a table with replicas only this region is written to");

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
