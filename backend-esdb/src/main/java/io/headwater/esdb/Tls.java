package io.headwater.esdb;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.headwater.ConfigurationException;
import io.headwater.spi.BackendContext;
import io.headwater.spi.OptionDescriptor;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Encryption of connections, as the options say. */
final class Tls {
    private Tls() {}

    static ChannelCredentials of(BackendContext context) {
        if (!context.option(EsdbOptions.TLS).isSet()) {
            return InsecureChannelCredentials.create();
        }
        TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
        trust(tls, context);
        certificate(tls, context);
        return tls.build();
    }

    private static void trust(TlsChannelCredentials.Builder tls, BackendContext context) {
        String authority = context.option(EsdbOptions.TLS_CA_FILE);
        if (!context.option(EsdbOptions.TLS_VERIFY_CERT).isSet()) {
            tls.trustManager(new AnyServer());
        } else if (!authority.isEmpty()) {
            try {
                tls.trustManager(new File(authority));
            } catch (IOException e) {
                throw unreadable(EsdbOptions.TLS_CA_FILE, authority, e);
            }
        }
    }

    private static void certificate(TlsChannelCredentials.Builder tls, BackendContext context) {
        String certificate = context.option(EsdbOptions.USER_CERT_FILE);
        String key = context.option(EsdbOptions.USER_KEY_FILE);
        if (certificate.isEmpty() != key.isEmpty()) {
            throw new ConfigurationException("userCertFile and userKeyFile are needed together: set both, or none");
        }
        if (!certificate.isEmpty()) {
            try {
                tls.keyManager(new File(certificate), new File(key));
            } catch (IOException e) {
                throw unreadable(EsdbOptions.USER_CERT_FILE, certificate, e);
            }
        }
    }

    private static ConfigurationException unreadable(OptionDescriptor<?> option, String file, IOException e) {
        return new ConfigurationException("%s: '%s' cannot be read".formatted(option.name(), file), e);
    }

    /** Trusts all, as the option says. Extended, so that the JDK does not check the name either. */
    private static final class AnyServer extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
