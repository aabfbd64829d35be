package io.headwater.esdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** A certificate that the JDK's keytool makes, with its key, signed by an authority of its own. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "node";
    private static final String AUTHORITY = "authority";

    private final Path directory;
    private final KeyStore store;

    private Certificates(Path directory, KeyStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** Valid from now on. */
    static Certificates of(Path directory, String host) throws Exception {
        return of(directory, host, "-1d", 10);
    }

    /** @param begin as keytool understands it, such as {@code -10d} */
    static Certificates of(Path directory, String host, String begin, int days) throws Exception {
        Path file = directory.resolve(host + days + ".p12");
        keytool(file, AUTHORITY, "-dname", "CN=authority", "-ext", "bc:c");
        keytool(
                file,
                ALIAS,
                "-signer",
                AUTHORITY,
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-startdate",
                begin,
                "-validity",
                Integer.toString(days));
        return new Certificates(directory, loaded(file));
    }

    private static void keytool(Path file, String alias, String... more) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias, "-keyalg", "EC"));
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static KeyStore loaded(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Of a server with this certificate. */
    TlsServerCredentials.Builder server() throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        return TlsServerCredentials.newBuilder().keyManager(factory.getKeyManagers());
    }

    ServerCredentials serverCredentials() throws GeneralSecurityException {
        return server().build();
    }

    /** The certificate of the authority that signed, as a file. */
    Path authority() throws GeneralSecurityException, IOException {
        return file("CERTIFICATE", store.getCertificate(AUTHORITY).getEncoded());
    }

    /** The certificate as a file. */
    Path certificate() throws GeneralSecurityException, IOException {
        return file("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    /** Its private key as a file. */
    Path key() throws GeneralSecurityException, IOException {
        Key key = store.getKey(ALIAS, PASSWORD.toCharArray());
        return file("PRIVATE KEY", key.getEncoded());
    }

    private Path file(String kind, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path file = Files.createTempFile(directory, "pem", ".pem");
        return Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines));
    }
}
