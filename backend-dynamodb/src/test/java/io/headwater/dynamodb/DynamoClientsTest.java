package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoClientsTest {
    private static final String CONFIG = ProfileFileSystemSetting.AWS_CONFIG_FILE.property();

    @TempDir
    private Path folder;

    @AfterEach
    void forgetProfiles() {
        System.clearProperty(CONFIG);
    }

    private Region region(String options) throws IOException {
        Path config = folder.resolve("config");
        Files.writeString(config, "[profile shop]\nregion = eu-north-1\naws_access_key_id = a\naws_secret_access_key = b\n");
        System.setProperty(CONFIG, config.toString());
        try (DynamoDbClient client = DynamoClients.client(DynamoFixture.context("dynamodb://events/orders" + options))) {
            return client.serviceClientConfiguration().region();
        }
    }

    @Test
    void a_profile_names_the_region_too() throws IOException {
        assertThat(region("?profile=shop")).isEqualTo(Region.EU_NORTH_1);
    }

    @Test
    void a_region_that_is_given_counts_before_that_of_the_profile() throws IOException {
        assertThat(region("?profile=shop&region=eu-west-3")).isEqualTo(Region.EU_WEST_3);
    }
}
