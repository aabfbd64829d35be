package io.headwater.dynamodb;

import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/** The region as the options, the environment or the profile say. */
final class DynamoRegion {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

    private DynamoRegion() {}

    static Region of(BackendContext context) {
        String name = context.option(DynamoOptions.REGION);
        if (!name.isEmpty()) {
            return named(name);
        }
        boolean endpoint = !context.option(DynamoOptions.ENDPOINT).isEmpty();
        try {
            return chain(context.option(DynamoOptions.PROFILE), !endpoint).getRegion();
        } catch (SdkException e) {
            if (endpoint) {
                // The endpoint says where; requests are signed for a region all the same.
                return Region.US_EAST_1;
            }
            throw new ConfigurationException(
                    "no region of AWS is given: add region= to the URL, as in region=eu-central-1, or set AWS_REGION",
                    e);
        }
    }

    private static Region named(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "option 'region' is '%s', expected is the name of a region, as in region=eu-central-1"
                            .formatted(name));
        }
        return Region.of(name);
    }

    private static AwsRegionProvider chain(String profile, boolean asksInstance) {
        List<AwsRegionProvider> providers = new ArrayList<>();
        providers.add(new SystemSettingsRegionProvider());
        providers.add(
                profile.isEmpty()
                        ? new AwsProfileRegionProvider()
                        : new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile));
        if (asksInstance) {
            providers.add(new InstanceProfileRegionProvider());
        }
        return new AwsRegionProviderChain(providers.toArray(AwsRegionProvider[]::new));
    }
}
