package io.headwater.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ConfigurationException;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.StoreUnavailable;
import io.headwater.dynamodb.server.DynamoServer;
import io.headwater.dynamodb.server.Fault;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The options of a URL that concern the client, and what is told when one is wrong. */
class DynamoClientsTest {
    private static final String PROFILES = "aws.sharedCredentialsFile";
    private static final String CONFIG = ProfileFileSystemSetting.AWS_CONFIG_FILE.property();

    @TempDir
    private Path folder;

    private final DynamoServer server = DynamoServer.start();

    @AfterEach
    void stop() {
        System.clearProperty(PROFILES);
        System.clearProperty(CONFIG);
        server.close();
    }

    private String url(String options) {
        return "dynamodb://events/orders?protect=false&endpoint=%s&%s".formatted(server.endpoint(), options);
    }

    private static void open(String url) {
        EventStores.open(url).close();
    }

    @Test
    void an_endpoint_needs_no_region() {
        try (EventStore store = EventStores.open("dynamodb://events?endpoint=" + server.endpoint())) {
            assertThat(store.head()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "http//x", "ftp://x", "http://", "http://x y", "x"})
    void an_endpoint_that_is_no_address_is_refused(String endpoint) {
        assertThatThrownBy(() -> open("dynamodb://events?endpoint=" + endpoint.replace(" ", "%20")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option 'endpoint' is '" + endpoint + "'")
                .hasMessageContaining("http://localhost:8000");
    }

    @Test
    void a_region_that_is_no_name_is_refused() {
        assertThatThrownBy(() -> open("dynamodb://events?region=EU%20West"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("option 'region' is 'EU West'");
    }

    @Test
    void a_role_is_assumed() {
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> !call.accessKey().equals(RoleServer.ACCESS_KEY));
        try (RoleServer roles = new RoleServer()) {
            open(url("roleArn=" + roles.role()));
        }
        assertThat(server.usage().calls()).containsKey("CreateTable");
    }

    @Test
    void a_role_that_may_not_be_assumed_is_named() {
        try (RoleServer roles = new RoleServer()) {
            String other = roles.role() + "-2";
            assertThatThrownBy(() -> open(url("roleArn=" + other)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the role '" + other + "' cannot be assumed: ")
                    .hasMessageContaining("sts:AssumeRole");
        }
    }

    @Test
    void a_role_needs_the_module_for_it_on_the_class_path() throws Exception {
        try (WithoutSts classes = new WithoutSts()) {
            Thread.currentThread().setContextClassLoader(classes);
            Method open = classes.loadClass(EventStores.class.getName()).getMethod("open", String.class);
            assertThatThrownBy(() -> open.invoke(null, url("roleArn=arn:aws:iam::000000000000:role/shop")))
                    .cause()
                    .hasMessageContaining("roleArn= needs the SDK's module sts: add software.amazon.awssdk:sts");
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    /** The class path of the tests, without the SDK's module for roles. */
    private static final class WithoutSts extends URLClassLoader {
        WithoutSts() {
            super(urls(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] urls() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("sts-"))
                    .map(WithoutSts::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void a_profile_has_credentials() throws IOException {
        profiles("[shop]\naws_access_key_id = SHOPKEY\naws_secret_access_key = secret\n");
        server.faults().add(Fault.ACCESS_DENIED, 1, call -> !call.accessKey().equals("SHOPKEY"));

        open(url("profile=shop"));

        assertThat(server.usage().calls()).containsKey("CreateTable");
    }

    @Test
    void a_profile_names_the_region_too() throws IOException {
        assertThat(region("?profile=shop")).isEqualTo(Region.EU_NORTH_1);
    }

    @Test
    void a_region_that_is_given_counts_before_that_of_the_profile() throws IOException {
        assertThat(region("?profile=shop&region=eu-west-3")).isEqualTo(Region.EU_WEST_3);
    }

    private Region region(String options) throws IOException {
        String profile = "[profile shop]\nregion = eu-north-1\naws_access_key_id = a\naws_secret_access_key = b\n";
        System.setProperty(
                CONFIG, Files.writeString(folder.resolve("config"), profile).toString());
        try (DynamoDbClient client =
                DynamoClients.client(DynamoFixture.context("dynamodb://events/orders" + options))) {
            return client.serviceClientConfiguration().region();
        }
    }

    @Test
    void a_profile_that_is_not_there_is_named() throws IOException {
        profiles("[shop]\naws_access_key_id = SHOPKEY\naws_secret_access_key = secret\n");

        assertThatThrownBy(() -> open(url("profile=stop")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the profile 'stop' gives no credentials for AWS");
    }

    private void profiles(String text) throws IOException {
        System.setProperty(
                PROFILES, Files.writeString(folder.resolve("credentials"), text).toString());
    }

    @Test
    void a_host_that_is_not_there_is_named() {
        SdkClientException failed = SdkClientException.create("see cause", new UnknownHostException("nowhere"));

        assertThat(DynamoErrors.translate("Query", "events", failed))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage(
                        "Query on table 'events' got no reply: no such host (nowhere): check region=, endpoint= and the"
                                + " network");
    }

    @Test
    void a_server_that_is_not_there_is_unavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> open("dynamodb://events?endpoint=http://127.0.0.1:" + port))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("http://127.0.0.1:" + port)
                .message()
                .hasLineCount(1);
    }
}
