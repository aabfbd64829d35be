package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.headwater.ConfigurationException;
import io.headwater.EventData;
import io.headwater.EventStore;
import io.headwater.EventStores;
import io.headwater.ExpectedVersion;
import io.headwater.StoreUnavailable;
import io.headwater.StreamId;
import io.headwater.esdb.server.EsdbServer;
import io.headwater.esdb.server.Profile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores on servers with certificates of all kinds. */
class TlsTest {
    private static final String HOST = "localhost";

    @TempDir
    private static Path directory;

    private static Certificates certificates;
    private static Certificates others;

    @BeforeAll
    static void make() throws Exception {
        certificates = Certificates.of(directory, HOST);
        others = Certificates.of(directory, "other.example");
    }

    private static String url(EsdbServer server, String options) {
        return "esdb://%s:%s?callTimeout=10s%s".formatted(HOST, server.port(), options);
    }

    private static void use(String url) {
        try (EventStore store = EventStores.open(url)) {
            store.append(StreamId.of("order-1"), ExpectedVersion.noStream(), EventData.json("Placed", "{}"));
            assertThat(store.readStream(StreamId.of("order-1")).events()).hasSize(1);
        }
    }

    @Test
    void a_server_whose_authority_is_given_is_trusted() throws Exception {
        try (EsdbServer server = EsdbServer.secured(Profile.V24, certificates.serverCredentials())) {
            use(url(server, "&tlsCaFile=" + certificates.authority()));
        }
    }

    @Test
    void any_server_is_trusted_where_that_is_said() throws Exception {
        try (EsdbServer server = EsdbServer.secured(Profile.V24, others.serverCredentials())) {
            use(url(server, "&tlsVerifyCert=false"));
        }
    }

    @Test
    void an_unknown_authority_is_told() throws Exception {
        try (EsdbServer server = EsdbServer.secured(Profile.V24, certificates.serverCredentials())) {
            assertThatThrownBy(() -> EventStores.open(url(server, "")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void another_name_is_told() throws Exception {
        String authority = "&tlsCaFile=" + others.authority();
        try (EsdbServer server = EsdbServer.secured(Profile.V24, others.serverCredentials())) {
            assertThatThrownBy(() -> EventStores.open(url(server, authority)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("No subject alternative DNS name matching localhost");
        }
    }

    @Test
    void an_expired_certificate_is_told() throws Exception {
        Certificates expired = Certificates.of(directory, HOST, "-10d", 2);
        String authority = "&tlsCaFile=" + expired.authority();
        try (EsdbServer server = EsdbServer.secured(Profile.V24, expired.serverCredentials())) {
            assertThatThrownBy(() -> EventStores.open(url(server, authority)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("NotAfter");
        }
    }

    @Test
    void plain_text_to_a_server_that_encrypts_is_told() throws Exception {
        try (EsdbServer server = EsdbServer.secured(Profile.V24, certificates.serverCredentials())) {
            assertThatThrownBy(() ->
                            EventStores.open(url(server, "&tls=false").replace("callTimeout=10s", "callTimeout=2s")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("is it tls=true?");
        }
    }

    @Test
    void the_certificate_of_the_user_is_sent() throws Exception {
        ServerCredentials credentials = certificates
                .server()
                .clientAuth(ClientAuth.REQUIRE)
                .trustManager(others.authority().toFile())
                .build();
        String authority = "&tlsCaFile=" + certificates.authority();
        try (EsdbServer server = EsdbServer.secured(Profile.V24, credentials)) {
            use(url(server, authority + "&userCertFile=" + others.certificate() + "&userKeyFile=" + others.key()));
            assertThatThrownBy(() -> EventStores.open(url(server, authority)))
                    .isInstanceOf(ConfigurationException.class);
        }
    }
}
